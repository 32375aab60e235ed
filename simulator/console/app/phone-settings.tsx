/** Settings of the app: the Business Platform, use, automatic messages, devices, and what coexistence switches off. */
import { useState } from 'preact/hooks';
import type { PhoneView } from '../../phone.ts';
import { dateTime, span, t, term } from './i18n.ts';
import { act, virtualNowMs, vocabulary } from './state.ts';

export function Settings({ held }: { readonly held: PhoneView }) {
  return (
    <div class="pad stack">
      <Platform held={held} />
      <Use held={held} />
      <Automatic held={held} />
      <Devices held={held} />
      <Stays held={held} />
      <SwitchedOff held={held} />
      <Obstacle held={held} />
    </div>
  );
}

const isConnected = ({ state }: PhoneView): boolean => state === 'coexistence' || state === 'offboarded';

/** Settings > Account > Business Platform. */
function Platform({ held }: { readonly held: PhoneView }) {
  return (
    <fieldset>
      <legend>{t('platform')}</legend>
      <p>{isConnected(held) ? t('platform.connected') : t('platform.notConnected')}</p>
      {held.onboardedAtMs === undefined ? null : (
        <p class="quiet">{t('platform.since', { when: dateTime(held.onboardedAtMs) })}</p>
      )}
      {held.history && isConnected(held) ? (
        <p class="quiet">
          {t(`platform.history.${held.history}`)} {t('platform.permanent')}
        </p>
      ) : null}
      <div class="row">
        <button
          type="button"
          disabled={held.state !== 'coexistence'}
          onClick={() => void act({ 'app.disconnects': {} })}
        >
          {t('platform.disconnect')}
        </button>
        <button
          type="button"
          disabled={isConnected(held)}
          onClick={() => void act({ 'signup.completes': { history: 'shared' } })}
        >
          {t('platform.connect.shared')}
        </button>
        <button
          type="button"
          disabled={isConnected(held)}
          onClick={() => void act({ 'signup.completes': { history: 'declined' } })}
        >
          {t('platform.connect.declined')}
        </button>
      </div>
      <div class="row">
        <button
          type="button"
          disabled={held.state !== 'coexistence'}
          onClick={() => void act({ 'app.changesDevice': {} })}
        >
          {t('leave.device')}
        </button>
        <button
          type="button"
          disabled={held.state !== 'coexistence'}
          onClick={() => void act({ 'app.changesDevice': { staysConnected: false } })}
        >
          {t('leave.deviceWithout')}
        </button>
        {(
          [
            ['leave.reinstall', 'USER_RE_REGISTERED'],
            ['leave.downgrade', 'BUSINESS_DOWNGRADE'],
            ['leave.number', 'CHANGE_NUMBER'],
            ['leave.delete', 'ACCOUNT_DISCONNECTED'],
          ] as const
        ).map(([label, reason]) => (
          <button
            key={reason}
            type="button"
            disabled={!isConnected(held)}
            onClick={() => void act({ 'app.leaves': { reason } })}
          >
            {t(label)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}

function Use({ held }: { readonly held: PhoneView }) {
  const idleMs =
    held.lastUsedAtMs === undefined ? undefined : Math.max(0, virtualNowMs() - held.lastUsedAtMs);
  return (
    <fieldset>
      <legend>{t('use')}</legend>
      <p>{idleMs === undefined ? t('use.unknown') : t('use.since', { span: span(idleMs) })}</p>
      {held.endsAtMs === undefined ? null : (
        <p class="quiet">{t('use.ends', { when: dateTime(held.endsAtMs) })}</p>
      )}
      <button type="button" onClick={() => void act({ 'app.opens': {} })}>
        {t('use.open')}
      </button>
      <button type="button" onClick={() => void act({ 'time.passes': '14d' })}>
        {t('use.drawer')}
      </button>
    </fieldset>
  );
}

function Automatic({ held }: { readonly held: PhoneView }) {
  return (
    <fieldset>
      <legend>{t('auto')}</legend>
      {(['greeting', 'away'] as const).map((message) => (
        <AutomaticMessage key={`${message} ${held[message] ?? ''}`} message={message} text={held[message]} />
      ))}
    </fieldset>
  );
}

function AutomaticMessage({
  message,
  text,
}: {
  readonly message: 'greeting' | 'away';
  readonly text: string | undefined;
}) {
  const [draft, setDraft] = useState(text ?? t(`auto.${message}.usual`));
  const set = (on: boolean): void => {
    void act({ 'app.automates': { message, ...(on && { text: draft }) } });
  };
  return (
    <div class="row">
      <label class="check">
        <input
          type="checkbox"
          checked={text !== undefined}
          onChange={({ currentTarget }) => set(currentTarget.checked)}
        />
        {t(`auto.${message}`)}
      </label>
      <label class="grow">
        <span class="hidden">{t(`auto.${message}.text`)}</span>
        <input value={draft} maxLength={500} onInput={({ currentTarget }) => setDraft(currentTarget.value)} />
      </label>
    </div>
  );
}

function Devices({ held }: { readonly held: PhoneView }) {
  return (
    <fieldset>
      <legend>{t('devices')}</legend>
      {(['web', 'mac', 'windows', 'wear-os'] as const).map((device) => (
        <label class="check" key={device}>
          <input
            type="checkbox"
            checked={held.devices.includes(device)}
            onChange={({ currentTarget }) =>
              void act({ [currentTarget.checked ? 'app.links' : 'app.unlinks']: { device } })
            }
          />
          {term('device', device)}
          {device === 'windows' || device === 'wear-os' ? (
            <span class="quiet"> {t('devices.unsupported')}</span>
          ) : null}
        </label>
      ))}
      <p class="quiet">{t('devices.about')}</p>
    </fieldset>
  );
}

/** Groups and status: unchanged in the app, and never on the API. */
function Stays({ held }: { readonly held: PhoneView }) {
  return (
    <fieldset>
      <legend>{t('stays')}</legend>
      <div class="row">
        <button type="button" onClick={() => void act({ 'app.sendsToGroup': { text: t('stays.hello') } })}>
          {t('stays.group')}
        </button>
        <button type="button" onClick={() => void act({ 'app.posts': { status: t('stays.hello') } })}>
          {t('stays.status')}
        </button>
      </div>
      <p class="quiet">{t(isConnected(held) ? 'stays.about' : 'stays.always')}</p>
    </fieldset>
  );
}

function SwitchedOff({ held }: { readonly held: PhoneView }) {
  const off = isConnected(held);
  return (
    <fieldset>
      <legend>{t('off')}</legend>
      <p class="quiet" id="off-reason">
        {off ? t('off.reason') : t('off.none')}
      </p>
      {(['disappearing-messages', 'view-once', 'live-location', 'broadcast-lists'] as const).map(
        (feature) => (
          <label class="check" key={feature}>
            <input
              type="checkbox"
              disabled={off}
              aria-describedby="off-reason"
              onChange={() => void act({ 'app.turnsOn': { feature } })}
            />
            {t(`off.${feature}`)}
          </label>
        ),
      )}
    </fieldset>
  );
}

/** What makes Embedded Signup fail for this number. */
function Obstacle({ held }: { readonly held: PhoneView }) {
  return (
    <fieldset>
      <legend>{t('obstacle')}</legend>
      <label>
        {t('obstacle.by')}
        <select
          value={held.obstacle ?? 'nothing'}
          onChange={({ currentTarget }) => void act({ 'signup.blocks': { by: currentTarget.value } })}
        >
          {vocabulary.value.obstacles.map((by) => (
            <option key={by} value={by}>
              {term('obstacle', by)}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}
