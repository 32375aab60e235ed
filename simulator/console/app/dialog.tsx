/** The pop-up of Embedded Signup: for numbers of the WhatsApp Business app, and for new ones. */
import { render, type ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DialogContext, DialogNumber, DialogRefusal, Flow } from '../../signup/flow.ts';
import { ask, clientId, query } from './dialog-ask.ts';
import { Code } from './dialog-code.tsx';
import { t } from './i18n.ts';
import './style.css';

/** Names of screens, as a `CANCEL` tells them. */
const screens = {
  portfolio: 'BUSINESS_ACCOUNT_SELECTION',
  path: 'WABA_PHONE_PROFILE_PICKER',
  number: 'WHATSAPP_BUSINESS_APP_ONBOARDING_PHONE_CREATION',
  newNumber: 'PHONE_NUMBER_SETUP',
  code: 'PHONE_NUMBER_VERIFICATION',
  last: 'PERMISSIONS',
} as const;
type Screen = keyof typeof screens;

/** What closing the window says; written as the person goes on, read when the window goes. */
const leaving: {
  screen: Screen;
  number?: DialogNumber;
  flow: Flow;
  refusal?: DialogRefusal;
  done: boolean;
} = { screen: 'portfolio', flow: 'coexistence', done: false };

/** Reaching the last screen and closing it still counts as success (documented). */
function leave(): void {
  if (leaving.done) return;
  leaving.done = true;
  const { screen, number, flow, refusal } = leaving;
  if (screen === 'last') void ask('finish', { number, flow }, true);
  else if (refusal) void ask('fail', { number, refusal }, true);
  else void ask('cancel', { number, screen: screens[screen] }, true);
}
window.addEventListener('pagehide', leave);

async function finish(number: DialogNumber, flow: Flow): Promise<void> {
  leaving.done = true;
  await ask('finish', { number, flow });
  window.close();
}

async function finishWithoutNumber(): Promise<void> {
  leaving.done = true;
  await ask('finish-without-number');
  window.close();
}

function Dialog() {
  const [context, setContext] = useState<DialogContext>();
  const [screen, setScreen] = useState<Screen>('portfolio');
  const [number, setNumber] = useState<DialogNumber>();
  const [flow, setFlow] = useState<Flow>('coexistence');
  const [sms, setSms] = useState<string>();
  const [refusal, setRefusal] = useState<DialogRefusal>();
  useEffect(() => {
    const asked = new URLSearchParams({ client_id: clientId, extras: query.get('extras') ?? '{}' });
    void fetch(`/dialog/oauth/context?${asked.toString()}`)
      .then((response) => response.json() as Promise<DialogContext>)
      .then((found) => {
        setContext(found);
        setFlow(found.flow);
      });
  }, []);
  leaving.screen = screen;
  leaving.flow = flow;
  if (number) leaving.number = number;
  if (refusal) leaving.refusal = refusal;
  else delete leaving.refusal;
  if (!context) return <p class="pad">…</p>;
  if (!context.app || query.get('config_id') === '')
    return (
      <Frame title={t('signup.title')}>
        <p role="alert">{t(context.app ? 'signup.noConfig' : 'signup.noApp')}</p>
      </Frame>
    );
  const take = (answer: { readonly number?: DialogNumber; readonly refusal?: DialogRefusal }): boolean => {
    setRefusal(answer.refusal);
    if (answer.number) setNumber(answer.number);
    return answer.number !== undefined;
  };
  return (
    <Frame title={t('signup.titleOf', { app: context.app.name })}>
      {screen === 'portfolio' ? (
        <Portfolio context={context} onNext={() => setScreen(flow === 'ordinary' ? 'newNumber' : 'path')} />
      ) : null}
      {screen === 'path' ? (
        <Path
          onNext={(chosen) => {
            setFlow(chosen);
            setScreen(chosen === 'ordinary' ? 'newNumber' : 'number');
          }}
        />
      ) : null}
      {screen === 'number' ? (
        <Typed
          title="signup.number"
          known={context.numbers}
          onNext={async (typed) => {
            if (take(await ask('begin', { typed, flow }))) setScreen('code');
          }}
        />
      ) : null}
      {screen === 'newNumber' ? (
        <NewNumber
          onNext={async (name, typed) => {
            const answer = await ask<{ number?: DialogNumber; refusal?: DialogRefusal; code?: string }>(
              'add',
              { name, typed },
            );
            setSms(answer.code);
            if (take(answer)) setScreen('code');
          }}
          onSkip={() => void finishWithoutNumber()}
        />
      ) : null}
      {screen === 'code' && number ? (
        <Code number={number} sms={sms} app={context.app.name} onNext={() => setScreen('last')} />
      ) : null}
      {screen === 'last' && number ? (
        <section class="card">
          <h2>{t('signup.done')}</h2>
          <p>{t('signup.doneAbout', { number: number.displayPhoneNumber, app: context.app.name })}</p>
          <button type="submit" onClick={() => void finish(number, flow)}>
            {t('signup.finish')}
          </button>
        </section>
      ) : null}
      {refusal ? <Refused refusal={refusal} number={number} /> : null}
    </Frame>
  );
}

function Frame({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <main class="dialog">
      <h1>{title}</h1>
      <p class="quiet">{t('signup.simulated')}</p>
      {children}
    </main>
  );
}

function Portfolio({ context, onNext }: { readonly context: DialogContext; readonly onNext: () => void }) {
  return (
    <section class="card">
      <h2>{t('signup.portfolio')}</h2>
      <label>
        {t('signup.portfolioOf')}
        <select>
          {context.portfolios.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" onClick={onNext}>
        {t('signup.continue')}
      </button>
    </section>
  );
}

function Path({ onNext }: { readonly onNext: (flow: Flow) => void }) {
  const [flow, setFlow] = useState<Flow>('coexistence');
  return (
    <section class="card">
      <h2>{t('signup.path')}</h2>
      {(['coexistence', 'ordinary'] as const).map((one) => (
        <label class="check" key={one}>
          <input type="radio" name="path" checked={flow === one} onChange={() => setFlow(one)} />
          {t(`signup.path.${one}`)}
        </label>
      ))}
      <button type="submit" onClick={() => onNext(flow)}>
        {t('signup.continue')}
      </button>
    </section>
  );
}

function Typed({
  known,
  onNext,
}: {
  readonly title: string;
  readonly known: readonly string[];
  readonly onNext: (typed: string) => Promise<void>;
}) {
  const [typed, setTyped] = useState('');
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        void onNext(typed);
      }}
    >
      <h2>{t('signup.number')}</h2>
      <label>
        {t('signup.numberOf')}
        <input
          type="tel"
          required
          list="known"
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      <datalist id="known">
        {known.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      {known.length === 0 ? null : <p class="quiet">{t('signup.known', { numbers: known.join(', ') })}</p>}
      <button type="submit">{t('signup.next')}</button>
    </form>
  );
}

function NewNumber({
  onNext,
  onSkip,
}: {
  readonly onNext: (name: string, typed: string) => Promise<void>;
  readonly onSkip: () => void;
}) {
  const [name, setName] = useState('');
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState('');
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        onNext(name, typed).catch((error: unknown) =>
          setWrong(error instanceof Error ? error.message : String(error)),
        );
      }}
    >
      <h2>{t('signup.new')}</h2>
      <label>
        {t('signup.displayName')}
        <input
          required
          maxLength={100}
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <label>
        {t('signup.numberOf')}
        <input
          type="tel"
          required
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      </label>
      {wrong === '' ? null : <p role="alert">{wrong}</p>}
      <div class="row">
        <button type="submit">{t('signup.next')}</button>
        <button type="button" onClick={onSkip}>
          {t('signup.skip')}
        </button>
      </div>
    </form>
  );
}

function Refused({
  refusal,
  number,
}: {
  readonly refusal: DialogRefusal;
  readonly number: DialogNumber | undefined;
}) {
  const report = async (): Promise<void> => {
    leaving.done = true;
    await ask('fail', { refusal, number });
    window.close();
  };
  return (
    <section class="card" role="alert">
      <p class="bad">
        {refusal.message}
        {refusal.code === 0 ? '' : ` (${refusal.code})`}
      </p>
      <button type="button" onClick={() => void report()}>
        {t('signup.report')}
      </button>
    </section>
  );
}

const place = document.getElementById('app');
if (place) render(<Dialog />, place);
