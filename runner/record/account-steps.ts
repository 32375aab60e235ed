/** `account_update`: how coexistence began, paused, ended → the step that causes it. Pure. */
import type { Item } from './changes.ts';
import { step, type Draft, type Told } from './draft.ts';
import { fieldsOf, textOf } from './json.ts';

/** Where the number stands while the recording is read. */
export interface Connection {
  state: 'app-only' | 'coexistence' | 'offboarded' | 'disconnected';
  /** The signup went through in the recording, so that the system itself asks for the syncs. */
  signedUp: boolean;
  /** Since when the number is away, virtual milliseconds after the first step. */
  awaySinceMs: number;
}

const dayMs = 86_400_000;
/** An unused phone is cut off after so long. */
const inactivityMs = 14 * dayMs;
/** A new phone is back after so long. */
const reconnectMs = 180_000;

const leavable = [
  'COMPANION_INACTIVITY',
  'BUSINESS_DOWNGRADE',
  'ACCOUNT_DISCONNECTED',
  'CHANGE_NUMBER',
  'USER_RE_REGISTERED',
];

/** Whether a step has to let the phone lie before the gap to this webhook is told. */
export const isInactivity = ({ field, value }: Item): boolean =>
  field === 'account_update' && fieldsOf(value['disconnection_info'])['reason'] === 'PRIMARY_INACTIVITY';

/**
 * @param comesBack - the phone that is changed now is back later in the recording
 * @returns whether there is a step for it
 */
export function accountStep(
  { value, field, accepted }: Item,
  draft: Draft,
  connection: Connection,
  comesBack: boolean,
): boolean {
  const told = { field, accepted };
  switch (value['event']) {
    case 'PARTNER_ADDED':
      if (connection.state === 'coexistence') return false;
      draft.act(step('signup.completes', {}), told);
      Object.assign(connection, { state: 'coexistence', signedUp: true });
      draft.usePhone();
      return true;
    case 'PARTNER_APP_INSTALLED':
      // Told of one signup together with the above.
      return connection.signedUp;
    case 'ACCOUNT_OFFBOARDED':
      if (connection.state !== 'coexistence') return false;
      draft.act(step('app.changesDevice', comesBack ? {} : { staysConnected: false }), told);
      Object.assign(connection, { state: 'offboarded', awaySinceMs: draft.passedMs });
      return true;
    case 'ACCOUNT_RECONNECTED':
      if (connection.state !== 'offboarded') return false;
      draft.pass(Math.max(0, connection.awaySinceMs + reconnectMs - draft.passedMs));
      draft.tell(told);
      connection.state = 'coexistence';
      draft.usePhone();
      return true;
    case 'PARTNER_REMOVED':
      if (connection.state !== 'coexistence' && connection.state !== 'offboarded') return false;
      return isRemoved(value, draft, connection, told);
    default:
      return false;
  }
}

function isRemoved(value: Item['value'], draft: Draft, connection: Connection, told: Told): boolean {
  const reason = textOf(fieldsOf(value['disconnection_info'])['reason']);
  if (reason === 'PRIMARY_INACTIVITY') draft.letPhoneLie(inactivityMs, told);
  else if (reason === undefined && connection.state === 'coexistence')
    draft.act(step('app.disconnects', {}), told);
  else if (reason !== undefined && leavable.includes(reason)) draft.act(step('app.leaves', { reason }), told);
  else return false;
  connection.state = 'disconnected';
  return true;
}
