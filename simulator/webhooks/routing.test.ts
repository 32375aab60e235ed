import { describe, expect, it } from 'vitest';
import type { AppId, BusinessId, PhoneNumberId, WabaId, WaId } from '../core/identifiers.ts';
import { createWorld, type World } from '../core/world.ts';
import { routesOf } from './routing.ts';

const wabaId = 'W' as WabaId;
const phoneNumberId = 'P' as PhoneNumberId;
const [one, two] = ['1' as AppId, '2' as AppId];
const callback = (url: string): { url: string; verifyToken: string } => ({ url, verifyToken: 't' });

/** Two apps with the fields `messages` and `account_update`; nobody subscribed to the account. */
function worldOf(): World {
  const world = createWorld('routing');
  for (const id of [one, two])
    world.apps.set(id, {
      id,
      name: id,
      secret: 's',
      businessId: 'B' as BusinessId,
      callback: callback(`app-${id}`),
      fields: ['messages', 'account_update', 'message_template_status_update'],
    });
  world.wabas.set(wabaId, {
    id: wabaId,
    name: 'Shop',
    ownerBusinessId: 'O' as BusinessId,
    subscriptions: new Map(),
  });
  world.phoneNumbers.set(phoneNumberId, {
    id: phoneNumberId,
    wabaId,
    waId: '15550001234' as WaId,
    displayPhoneNumber: '+1 555-000-1234',
    verifiedName: 'Shop',
    country: 'US',
    state: 'coexistence',
  });
  return world;
}

interface Setting {
  readonly subscribed: readonly AppId[];
  readonly account?: string;
  readonly number?: string;
}

function urls(field: string, { subscribed, account, number }: Setting, paused = false): readonly string[] {
  const world = worldOf();
  for (const id of subscribed)
    world.wabas.get(wabaId)!.subscriptions.set(id, account ? { override: callback(account) } : {});
  if (number) world.phoneNumbers.get(phoneNumberId)!.override = callback(number);
  const routes = routesOf(world, { field, wabaId, phoneNumberId }, new Set(paused ? [phoneNumberId] : []));
  return routes.map((route) => `${route.appId}:${route.url}`);
}

it.each<[string, string, Setting, readonly string[]]>([
  ['the app’s callback', 'messages', { subscribed: [one] }, ['1:app-1']],
  ['every app subscribed', 'messages', { subscribed: [one, two] }, ['1:app-1', '2:app-2']],
  ['the account’s override', 'messages', { subscribed: [one], account: 'waba' }, ['1:waba']],
  ['the number’s override first', 'messages', { subscribed: [one], account: 'waba', number: 'pn' }, ['1:pn']],
  [
    'the app, whatever is overridden, for account_update',
    'account_update',
    { subscribed: [one], account: 'waba', number: 'pn' },
    ['1:app-1'],
  ],
  [
    'the app, whatever is overridden, for templates',
    'message_template_status_update',
    { subscribed: [one], account: 'waba' },
    ['1:app-1'],
  ],
  ['nobody, for a field without subscriber', 'history', { subscribed: [one] }, []],
  ['nobody, for an account without subscriber', 'messages', { subscribed: [] }, []],
  [
    'every app, for account_update of such an account',
    'account_update',
    { subscribed: [] },
    ['1:app-1', '2:app-2'],
  ],
])('goes to %s', (_name, field, setting, expected) => {
  expect(urls(field, setting)).toEqual(expected);
});

describe('while a number is paused', () => {
  it('drops its message fields', () => {
    expect(urls('messages', { subscribed: [one] }, true)).toEqual([]);
  });
  it('lets management fields pass', () => {
    expect(urls('account_update', { subscribed: [one] }, true)).toEqual(['1:app-1']);
  });
});

it('goes nowhere without a callback', () => {
  const world = worldOf();
  delete world.apps.get(one)!.callback;
  world.wabas.get(wabaId)!.subscriptions.set(one, {});
  expect(routesOf(world, { field: 'messages', wabaId }, new Set())).toEqual([]);
});

it('does not know an account that is not there', () => {
  expect(routesOf(createWorld('empty'), { field: 'messages', wabaId }, new Set())).toEqual([]);
});
