/**
 * Which numbers are connected to WhatsApp, and whether they still are.
 *
 * A coexistence number is connected and disconnected by its owner, on the phone; the only sign is `account_update`,
 * which speaks of the account, comes late, twice or in the wrong order, and is to be judged by its own `time`.
 */
import type { Conduct } from './conduct.ts';
import type { Entry, Value } from './wire.ts';

export type ConnectionState = 'connected' | 'offboarded' | 'removed';

export interface PhoneNumber {
  readonly id: string;
  readonly wabaId: string;
  displayPhoneNumber?: string;
}

export interface Account {
  readonly wabaId: string;
  state: ConnectionState;
  reason?: string;
  /** `time` of the newest event that counted, Unix seconds. */
  atSeconds: number;
  token: string;
  /** How often it was lost. */
  losses: number;
}

export interface Connections {
  /** A webhook came for a number: from now on it is one of ours. */
  adopt(phoneNumberId: string, wabaId: string, displayPhoneNumber: string | undefined): PhoneNumber;
  /** Its owner went through signup, which ends any disconnection. */
  connect(phoneNumberId: string, wabaId: string, displayPhoneNumber: string | undefined, token: string): void;
  /** Takes an `account_update`. @returns the state if it changed */
  update(entry: Entry, value: Value): ConnectionState | undefined;
  numberOf(phoneNumberId: string): PhoneNumber | undefined;
  accountOf(phoneNumberId: string): Account | undefined;
  account(wabaId: string | undefined): Account | undefined;
  numbersOf(wabaId: string): readonly PhoneNumber[];
  numbers(): readonly PhoneNumber[];
}

const stateAfter: Readonly<Record<string, ConnectionState | undefined>> = {
  PARTNER_REMOVED: 'removed',
  PARTNER_APP_UNINSTALLED: 'removed',
  ACCOUNT_DELETED: 'removed',
  ACCOUNT_OFFBOARDED: 'offboarded',
  ACCOUNT_RECONNECTED: 'connected',
};

/** These change no state, but what is older than they are is no longer true. */
const landmarks = ['PARTNER_ADDED', 'PARTNER_APP_INSTALLED'];

/** @param systemToken - for accounts that were connected elsewhere */
export function createConnections(systemToken: string, conduct: Conduct): Connections {
  const accounts = new Map<string, Account>();
  const numbers = new Map<string, PhoneNumber>();
  const seen = new Set<string>();

  const accountFor = (wabaId: string): Account => {
    const account = accounts.get(wabaId) ?? newAccount(wabaId, systemToken);
    accounts.set(wabaId, account);
    return account;
  };

  const adopt: Connections['adopt'] = (phoneNumberId, wabaId, displayPhoneNumber) => {
    const number = numbers.get(phoneNumberId) ?? { id: phoneNumberId, wabaId };
    if (displayPhoneNumber !== undefined) number.displayPhoneNumber = displayPhoneNumber;
    numbers.set(phoneNumberId, number);
    accountFor(number.wabaId);
    return number;
  };

  return {
    adopt,
    connect(phoneNumberId, wabaId, displayPhoneNumber, token) {
      adopt(phoneNumberId, wabaId, displayPhoneNumber);
      const account = accountFor(wabaId);
      account.state = conduct.stateAfterSignup(account.state);
      delete account.reason;
      account.token = token;
    },
    update(entry, value) {
      // On PARTNER_* events the entry's id may be the partner's portfolio; the account is inside.
      const wabaId = value.waba_info?.waba_id ?? entry.id;
      const event = value.event;
      if (wabaId === undefined || event === undefined) return undefined;
      const atSeconds = Number(entry.time ?? 0);
      const account = accountFor(wabaId);
      const again = seen.has(`${wabaId}/${event}/${atSeconds}`);
      seen.add(`${wabaId}/${event}/${atSeconds}`);
      if (again || conduct.isStale(atSeconds, account.atSeconds)) return undefined;
      return apply(account, event, atSeconds, value.disconnection_info?.reason);
    },
    numberOf: (phoneNumberId) => numbers.get(phoneNumberId),
    accountOf(phoneNumberId) {
      const number = numbers.get(phoneNumberId);
      return number && accounts.get(number.wabaId);
    },
    account: (wabaId) => (wabaId === undefined ? undefined : accounts.get(wabaId)),
    numbersOf: (wabaId) => [...numbers.values()].filter((number) => number.wabaId === wabaId),
    numbers: () => [...numbers.values()],
  };
}

const newAccount = (wabaId: string, token: string): Account => ({
  wabaId,
  state: 'connected',
  atSeconds: 0,
  token,
  losses: 0,
});

function apply(
  account: Account,
  event: string,
  atSeconds: number,
  reason: string | undefined,
): ConnectionState | undefined {
  const state = stateAfter[event];
  if (state !== undefined || landmarks.includes(event)) account.atSeconds = atSeconds;
  if (state === undefined || state === account.state) return undefined;
  account.state = state;
  if (state !== 'connected') account.losses += 1;
  if (reason === undefined) delete account.reason;
  else account.reason = reason;
  return state;
}
