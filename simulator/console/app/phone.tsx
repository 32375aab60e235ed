/** The phone: the WhatsApp Business app of the number, as its owner holds it. */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { PhoneView } from '../../phone.ts';
import { ChatWindow } from './chat.tsx';
import { t } from './i18n.ts';
import { Settings } from './phone-settings.tsx';
import { act, chats, chatsVersion, phone, world } from './state.ts';

const pages = ['chats', 'contacts', 'settings'] as const;
const page = signal<(typeof pages)[number]>('chats');
/** The customer whose chat is open on the phone. */
const openChat = signal<string | undefined>(undefined);

export function Phone() {
  const held = phone.value;
  return (
    <section class="device phone" aria-label={t('phone')}>
      <header class="device-top">
        <h2>{held ? held.name : t('phone')}</h2>
        <p class="quiet">{held?.displayPhoneNumber ?? t('phone.none')}</p>
        {held ? <span class={`badge state-${held.state}`}>{t(`state.${held.state}`)}</span> : null}
      </header>
      {held === undefined ? null : held.inApp ? (
        <Opened held={held} />
      ) : (
        <p class="pad">{t('phone.notInApp')}</p>
      )}
    </section>
  );
}

function Opened({ held }: { readonly held: PhoneView }) {
  return (
    <>
      {held.connecting ? <Consent connecting={held.connecting} /> : null}
      <nav class="tabs small" aria-label={t('phone.pages')}>
        {pages.map((name) => (
          <button
            key={name}
            type="button"
            aria-current={page.value === name ? 'page' : undefined}
            onClick={() => (page.value = name)}
          >
            {t(`phone.${name}`)}
          </button>
        ))}
      </nav>
      {page.value === 'chats' ? <Chats held={held} /> : null}
      {page.value === 'contacts' ? <Contacts held={held} /> : null}
      {page.value === 'settings' ? <Settings held={held} /> : null}
    </>
  );
}

/** What the app asks while the number is being connected; the choice is made once. */
function Consent({ connecting }: { readonly connecting: NonNullable<PhoneView['connecting']> }) {
  return (
    <div class="consent" role="status">
      <p>{t('consent.asks', { partner: connecting.partner })}</p>
      {connecting.code === undefined ? (
        <div class="row">
          <button type="button" onClick={() => void act({ 'app.confirmsSignup': { history: 'shared' } })}>
            {t('consent.shared')}
          </button>
          <button type="button" onClick={() => void act({ 'app.confirmsSignup': { history: 'declined' } })}>
            {t('consent.declined')}
          </button>
        </div>
      ) : (
        <p>
          {t('consent.code')} <strong class="code">{connecting.code}</strong>
        </p>
      )}
    </div>
  );
}

function Chats({ held }: { readonly held: PhoneView }) {
  // Read, so that the list is drawn anew when a chat changes.
  const version = chatsVersion.value;
  const customers = world.value?.customers ?? [];
  const known = (chats.current?.list() ?? []).filter(
    ({ phoneNumberId }) => phoneNumberId === held.phoneNumberId,
  );
  const waId = openChat.value ?? known[0]?.waId ?? customers[0]?.waId;
  const customer = customers.find((one) => one.waId === waId);
  const chat = known.find((one) => one.waId === waId);
  const unread = (id: string): number =>
    known
      .find((one) => one.waId === id)
      ?.messages.filter(({ by, status }) => by === 'customer' && status !== 'read').length ?? 0;
  return (
    <div class="chats" data-version={version}>
      <ul class="people" aria-label={t('phone.chats')}>
        {customers.map((one) => (
          <li key={one.waId}>
            <button
              type="button"
              aria-current={one.waId === waId ? 'true' : undefined}
              onClick={() => {
                openChat.value = one.waId;
              }}
            >
              {nameIn(held, one.waId) ?? one.name}
              {unread(one.waId) > 0 ? <span class="badge">{unread(one.waId)}</span> : null}
            </button>
          </li>
        ))}
      </ul>
      {customer ? (
        <>
          <div class="row deeds-row">
            <button type="button" onClick={() => void act({ 'app.reads': { from: customer.as } })}>
              {t('phone.read')}
            </button>
            <button type="button" onClick={() => void act({ 'app.calls': { to: customer.as } })}>
              {t('phone.call')}
            </button>
          </div>
          <ChatWindow
            chat={chat}
            side="phone"
            customer={customer.as}
            title={t('phone.chatWith', { name: customer.name })}
          />
        </>
      ) : (
        <p class="pad quiet">{t('customers.none')}</p>
      )}
    </div>
  );
}

const nameIn = ({ contacts }: PhoneView, waId: string): string | undefined =>
  contacts.find((one) => one.waId === waId)?.name;

function Contacts({ held }: { readonly held: PhoneView }) {
  const customers = world.value?.customers ?? [];
  const [name, setName] = useState('');
  const [of, setOf] = useState('');
  const chosen = of === '' ? customers[0]?.as : of;
  return (
    <div class="pad">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void act({ 'app.saves': { name, of: chosen } }).then((saved) => saved && setName(''));
        }}
      >
        <label>
          {t('contact.of')}
          <select value={chosen} onChange={({ currentTarget }) => setOf(currentTarget.value)}>
            {customers.map((one) => (
              <option key={one.waId} value={one.as}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('contact.name')}
          <input
            value={name}
            required
            maxLength={100}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <button type="submit">{t('contact.save')}</button>
      </form>
      <ul class="plain-list" aria-label={t('phone.contacts')}>
        {held.contacts.map((entry) => {
          const customer = customers.find(({ waId }) => waId === entry.waId)?.as;
          return (
            <li key={entry.waId} class="row spread">
              <span>
                {entry.name} <span class="quiet">+{entry.waId}</span>
              </span>
              {customer === undefined ? null : (
                <button
                  type="button"
                  aria-label={t('contact.removeOne', { name: entry.name })}
                  onClick={() => void act({ 'app.removes': { of: customer } })}
                >
                  {t('contact.remove')}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
