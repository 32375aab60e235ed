/** The frame: which world, what time it is there, and the views. */
import { signal, useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Adder } from './adder.tsx';
import { admit, call } from './api.ts';
import { Customers } from './customers.tsx';
import { Faults } from './faults.tsx';
import { dateTime, language, languageNames, speak, t, type Language, type TextKey } from './i18n.ts';
import { follow } from './live.ts';
import { Phone } from './phone.tsx';
import { Scenarios } from './scenarios.tsx';
import { attempt, choose, link, notice, virtualNowMs, world, worldName, worldNames } from './state.ts';
import { Time } from './time.tsx';
import { Wire } from './wire.tsx';

const views = ['talk', 'wire', 'time', 'faults', 'scenarios'] as const;
type View = (typeof views)[number];
const view = signal<View>('talk');

export function Shell() {
  return (
    <>
      <a class="skip" href="#main">
        {t('skip')}
      </a>
      <Header />
      <nav aria-label={t('views')} class="tabs">
        {views.map((name) => (
          <button
            key={name}
            type="button"
            class={name === 'wire' ? 'only-narrow' : ''}
            aria-current={view.value === name ? 'page' : undefined}
            onClick={() => (view.value = name)}
          >
            {t(`view.${name}`)}
          </button>
        ))}
      </nav>
      <Notice />
      <main id="main" class="workbench" data-view={view.value}>
        <div class="bench">{link.value === 'locked' ? <Locked /> : <Chosen name={view.value} />}</div>
        <section class="wire-side" aria-label={t('view.wire')}>
          <Wire />
        </section>
      </main>
    </>
  );
}

function Chosen({ name }: { readonly name: View }) {
  switch (name) {
    case 'talk':
    case 'wire':
      return (
        <div class="talk">
          <Phone />
          <Customers />
        </div>
      );
    case 'time':
      return <Time />;
    case 'faults':
      return <Faults />;
    case 'scenarios':
      return <Scenarios />;
  }
}

function Header() {
  return (
    <header class="top">
      <h1>coex</h1>
      <label>
        <span class="quiet">{t('world')}</span>
        <select
          aria-label={t('world')}
          value={worldName.value}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        >
          {worldNames.value.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <NewWorld />
      <Clock />
      <span class={`link ${link.value}`} role="status">
        {t(`link.${link.value}`)}
      </span>
      <label>
        <span class="hidden">{t('language')}</span>
        <select
          value={language.value}
          onChange={({ currentTarget }) => speak(currentTarget.value as Language)}
        >
          {Object.entries(languageNames).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}

/** Another number, with an account and a clock of its own. */
function NewWorld() {
  const [name, setName] = useState('');
  const [state, setState] = useState('coexistence');
  const add = async (): Promise<boolean> => {
    const scenario = {
      scenario: name,
      number: { state },
      customers: { ana: { name: 'Ana Lopez' } },
      steps: ['app.opens'],
    };
    const opened = await attempt(() =>
      call('POST', '/worlds', {
        name,
        scenario:
          state === 'fresh' || state === 'cloud-api'
            ? { ...scenario, steps: [{ 'time.passes': '1ms' }] }
            : scenario,
      }),
    );
    if (!opened) return false;
    setName('');
    choose(name);
    return true;
  };
  return (
    <Adder label="world.add" onAdd={add}>
      <label>
        <span class="hidden">{t('world.name')}</span>
        <input
          value={name}
          required
          maxLength={40}
          placeholder={t('world.name')}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <label>
        <span class="hidden">{t('number.state')}</span>
        <select value={state} onChange={({ currentTarget }) => setState(currentTarget.value)}>
          {(['coexistence', 'app-only', 'cloud-api', 'fresh'] as const).map((one) => (
            <option key={one} value={one}>
              {t(`state.${one}`)}
            </option>
          ))}
        </select>
      </label>
    </Adder>
  );
}

function Clock() {
  const [now, setNow] = useState(virtualNowMs());
  useEffect(() => {
    const timer = setInterval(() => setNow(virtualNowMs()), 250);
    return () => clearInterval(timer);
  }, []);
  const speed = useComputed(() => world.value?.speed ?? 1).value;
  return (
    <span class="clock">
      <span class="quiet">{t('virtualNow')}</span> <time>{dateTime(now)}</time>
      {speed === 1 ? null : (
        <span class="badge">{speed === 0 ? t('time.still') : t('time.speed', { speed })}</span>
      )}
    </span>
  );
}

function Notice() {
  const told = notice.value;
  return (
    <div class="notice-place" role={told?.kind === 'refused' ? 'alert' : 'status'}>
      {told ? (
        <div class={`notice ${told.kind}`}>
          <span class="pre">{told.text}</span>
          <button
            type="button"
            class="plain"
            aria-label={t('dismiss')}
            onClick={() => (notice.value = undefined)}
          >
            ×
          </button>
        </div>
      ) : null}
    </div>
  );
}

function Locked() {
  const [token, setToken] = useState('');
  const [wrong, setWrong] = useState(false);
  return (
    <form
      class="card narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void admit(token).then((admitted) => {
          setWrong(!admitted);
          if (admitted) void follow();
        });
      }}
    >
      <h2>{t('locked.title')}</h2>
      <p>{t('locked.about')}</p>
      <label>
        {t('locked.token')}
        <input
          type="password"
          value={token}
          autocomplete="off"
          aria-invalid={wrong}
          onInput={({ currentTarget }) => setToken(currentTarget.value)}
        />
      </label>
      {wrong ? <p role="alert">{t('locked.wrong')}</p> : null}
      <button type="submit">{t('locked.open')}</button>
    </form>
  );
}

/** A titled part of a view. */
export function Card({
  title,
  children,
  class: more = '',
}: {
  readonly title: TextKey;
  readonly children: ComponentChildren;
  readonly class?: string;
}) {
  return (
    <section class={`card ${more}`} aria-label={t(title)}>
      <h2>{t(title)}</h2>
      {children}
    </section>
  );
}
