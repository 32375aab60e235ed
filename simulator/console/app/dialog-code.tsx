/** The code goes from the phone into the pop-up: the phone is shown beside it. */
import { useEffect, useState } from 'preact/hooks';
import type { DialogNumber } from '../../signup/flow.ts';
import { ask } from './dialog-ask.ts';
import { t } from './i18n.ts';

/** The code goes from the phone into the pop-up. The phone is beside it, and in the console. */
export function Code({
  number,
  sms,
  app,
  onNext,
}: {
  readonly number: DialogNumber;
  readonly sms: string | undefined;
  readonly app: string;
  readonly onNext: () => void;
}) {
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  return (
    <div class="talk">
      <form
        class="card"
        onSubmit={(event) => {
          event.preventDefault();
          void ask<{ right: boolean }>('verify', { number, code: typed }).then(({ right }) => {
            setWrong(!right);
            if (right) onNext();
          });
        }}
      >
        <h2>{t('signup.code')}</h2>
        <p>
          {sms === undefined
            ? t('signup.codeAbout')
            : t('signup.smsAbout', { number: number.displayPhoneNumber })}
        </p>
        <label>
          {t('signup.codeOf')}
          <input
            inputMode="numeric"
            required
            maxLength={10}
            value={typed}
            aria-invalid={wrong}
            onInput={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </label>
        {wrong ? <p role="alert">{t('signup.codeWrong')}</p> : null}
        <button type="submit">{t('signup.next')}</button>
      </form>
      <OnThePhone number={number} sms={sms} app={app} />
    </div>
  );
}

function OnThePhone({
  number,
  sms,
  app,
}: {
  readonly number: DialogNumber;
  readonly sms: string | undefined;
  readonly app: string;
}) {
  const [stage, setStage] = useState<'asked' | 'confirm' | 'code'>('asked');
  const [code, setCode] = useState<string>();
  const [history, setHistory] = useState<'shared' | 'declined'>('shared');
  useEffect(() => {
    if (sms !== undefined || code !== undefined) return undefined;
    // The owner may also agree in the console.
    const timer = setInterval(() => {
      const asked = new URLSearchParams({ world: number.world, phoneNumberId: number.phoneNumberId });
      void fetch(`/dialog/oauth/phone?${asked.toString()}`)
        .then((response) => response.json() as Promise<{ code?: string }>)
        .then(
          (answer) => setCode(answer.code),
          () => undefined,
        );
    }, 500);
    return () => clearInterval(timer);
  }, [code]);
  const shown = sms ?? code;
  return (
    <section class="device phone" aria-label={t('phone')}>
      <header class="device-top">
        <h2>{t('phone')}</h2>
        <p class="quiet">{number.displayPhoneNumber}</p>
      </header>
      <div class="pad stack">
        {shown !== undefined ? (
          <>
            <p>{sms === undefined ? t('consent.code') : t('signup.smsText')}</p>
            <strong class="code">{shown}</strong>
          </>
        ) : stage === 'asked' ? (
          <>
            <p>{t('signup.phoneAsked', { app })}</p>
            <button type="button" onClick={() => setStage('confirm')}>
              {t('signup.phoneConnect')}
            </button>
          </>
        ) : (
          <>
            <p>{t('signup.phoneConfirm')}</p>
            {(['shared', 'declined'] as const).map((one) => (
              <label class="check" key={one}>
                <input
                  type="radio"
                  name="history"
                  checked={history === one}
                  onChange={() => setHistory(one)}
                />
                {t(`signup.history.${one}`)}
              </label>
            ))}
            <p class="quiet">{t('platform.permanent')}</p>
            <button
              type="button"
              onClick={() =>
                void ask<{ code: string }>('confirm', { number, history }).then((answer) =>
                  setCode(answer.code),
                )
              }
            >
              {t('signup.phoneAgree')}
            </button>
          </>
        )}
      </div>
    </section>
  );
}
