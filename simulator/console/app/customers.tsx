/** Customers: as many as wanted, each with a chat window of their own. */
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { call, inWorld, type CustomerView } from './api.ts';
import { Adder } from './adder.tsx';
import { ChatWindow } from './chat.tsx';
import { t, term } from './i18n.ts';
import { act, attempt, chats, chatsVersion, phone, world, worldName } from './state.ts';

const chosen = signal<string | undefined>(undefined);

export function Customers() {
  const version = chatsVersion.value;
  const customers = world.value?.customers ?? [];
  const customer = customers.find(({ waId }) => waId === chosen.value) ?? customers[0];
  const chat = chats.current
    ?.list()
    .find(
      ({ phoneNumberId, waId }) => phoneNumberId === phone.value?.phoneNumberId && waId === customer?.waId,
    );
  return (
    <section class="device customer" aria-label={t('customers')} data-version={version}>
      <header class="device-top">
        <h2>{t('customers')}</h2>
        <nav class="tabs small" aria-label={t('customers')}>
          {customers.map((one) => (
            <button
              key={one.waId}
              type="button"
              aria-current={one.waId === customer?.waId ? 'page' : undefined}
              onClick={() => (chosen.value = one.waId)}
            >
              {one.name}
            </button>
          ))}
        </nav>
        <AddCustomer />
      </header>
      {customer ? (
        <>
          <About customer={customer} />
          <ChatWindow
            chat={chat}
            side="customer"
            customer={customer.as}
            title={t('customers.chatOf', { name: customer.name })}
          />
        </>
      ) : (
        <p class="pad quiet">{t('customers.none')}</p>
      )}
    </section>
  );
}

function About({ customer }: { readonly customer: CustomerView }) {
  const { as, waId, userId, device, hidesNumber, username } = customer;
  return (
    <div class="row deeds-row">
      <span class="quiet">
        {hidesNumber ? `@${username ?? ''} · ${userId}` : `+${waId}`} · {term('device', device)}
      </span>
      <button type="button" onClick={() => void act({ 'customer.calls': { from: as } })}>
        {t('customers.call')}
      </button>
      <button type="button" onClick={() => void act({ 'customer.changesNumber': { from: as } })}>
        {t('customers.move')}
      </button>
      {hidesNumber ? null : (
        <button
          type="button"
          onClick={() => void act({ 'customer.hidesNumber': { from: as, username: nameFor(customer.name) } })}
        >
          {t('customers.hide')}
        </button>
      )}
    </div>
  );
}

/** Letters and digits of a name, so that steps can speak of it. */
const nameFor = (name: string): string => {
  const letters = name
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
  return /^\p{L}/u.test(letters) ? letters.slice(0, 40) : `c${letters.slice(0, 40)}`;
};

function AddCustomer() {
  const [name, setName] = useState('');
  const [device, setDevice] = useState('android');
  const [hides, setHides] = useState(false);
  const add = async (): Promise<boolean> => {
    const taken = new Set(world.value?.customers.map(({ as }) => as));
    let key = nameFor(name);
    for (let count = 2; taken.has(key); count += 1) key = `${nameFor(name)}${count}`;
    const customer = { name, device, ...(hides && { hidesNumber: true, username: key }) };
    const added = await attempt(() =>
      call('POST', inWorld(worldName.value, '/customers'), { [key]: customer }),
    );
    if (!added) return false;
    setName('');
    return true;
  };
  return (
    <Adder label="customers.add" onAdd={add}>
      <label>
        <span class="hidden">{t('customers.name')}</span>
        <input
          value={name}
          required
          maxLength={60}
          placeholder={t('customers.name')}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <label>
        <span class="hidden">{t('customers.device')}</span>
        <select value={device} onChange={({ currentTarget }) => setDevice(currentTarget.value)}>
          {(['android', 'iphone', 'web', 'windows', 'wear-os'] as const).map((one) => (
            <option key={one} value={one}>
              {term('device', one)}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={hides}
          onChange={({ currentTarget }) => setHides(currentTarget.checked)}
        />
        {t('customers.hidden')}
      </label>
    </Adder>
  );
}
