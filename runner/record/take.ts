/** One moment of a recording after the other → steps, by the field that tells it. Pure. */
import { accountStep, type Connection } from './account-steps.ts';
import { createAddressBook, type AddressBook } from './address-book.ts';
import { echoStep } from './app-steps.ts';
import type { Item, Moment } from './changes.ts';
import { customerStep, type Place } from './customer-steps.ts';
import { step, within, type Draft, type Told } from './draft.ts';
import { isUnavailable, type FirstContacts } from './first-contacts.ts';
import { firstChunkMs, type PastChats } from './history-setup.ts';
import { fieldsIn } from './json.ts';
import { placeOf, type Nodes } from './nodes.ts';
import { notify } from './notices.ts';

/** What was found in a recording before it is read from its beginning. */
export interface Findings {
  readonly moments: readonly Moment[];
  readonly nodes: Nodes;
  readonly past: PastChats;
  readonly firstContacts: FirstContacts;
}

export interface Taker {
  readonly book: AddressBook;
  readonly take: (item: Item) => void;
}

type SyncType = 'history' | 'smb_app_state_sync';

/** From the request for the address book to the webhooks that bring it, in a replay. */
const addressBookMs = 2_000;
/** From an unreadable first message to the readable one, in a replay. */
const revealedMs = 2_000;

/** @param begins - where the number stands before the first step */
export function createTaker(draft: Draft, findings: Findings, begins: Connection['state']): Taker {
  const { moments, nodes, past, firstContacts } = findings;
  const connection: Connection = { state: begins, signedUp: false, awaySinceMs: 0 };
  const book = createAddressBook(draft);
  const askedAtMs = new Map<SyncType, number>();
  const unreadableAtMs = new Map<Item, number>();

  /**
   * Somebody has to ask for what comes; after a signup that is the system. What the first answer brings is expected,
   * and no more: how much comes when is WhatsApp's affair.
   */
  const ask = (syncType: SyncType, item: Item, answeredAfterMs: number): void => {
    if (askedAtMs.has(syncType)) return;
    if (!connection.signedUp) draft.act(requestFor(syncType));
    askedAtMs.set(syncType, draft.passedMs);
    draft.pass(answeredAfterMs);
    draft.tell(toldOf(item));
  };

  const takeHistory = (item: Item): void => {
    ask('history', item, firstChunkMs);
    if (item === past.last)
      draft.pass(Math.max(0, past.takesMs - (draft.passedMs - (askedAtMs.get('history') ?? 0))));
  };

  /** Whatever the recording brought after a signup, the system asked for. */
  const expectRequests = (): void => {
    for (const syncType of ['smb_app_state_sync', 'history'] as const)
      if (moments.some((one) => one.kind === 'item' && one.field === syncType))
        draft.expect(step('expect.call', { edge: 'smb-app-data', body: { sync_type: syncType }, within }));
  };

  const takeAccount = (item: Item): void => {
    const { signedUp } = connection;
    if (!accountStep(item, draft, connection, comesBackAfter(item))) {
      notify(item, draft, nodes);
      return;
    }
    if (connection.signedUp && !signedUp) expectRequests();
  };

  /** What comes after the number has left was sent before, and no step sends it now. */
  const isLate = (): boolean => connection.state === 'disconnected' || connection.state === 'offboarded';

  const takeMessage = (item: Item, on: Place): void => {
    if (item.message === undefined) {
      takeStatuses(item);
      return;
    }
    const unreadable = firstContacts.behind.get(item);
    const sinceMs = unreadable && unreadableAtMs.get(unreadable);
    if (sinceMs !== undefined) {
      draft.pass(Math.max(0, sinceMs + revealedMs - draft.passedMs));
      draft.tell(toldOf(item));
      return;
    }
    const message = shownMessage(item);
    if (!message || isLate() || !customerStep({ ...item, message }, draft, on)) {
      notify(item, draft, nodes);
      return;
    }
    if (firstContacts.readableOf.has(item)) unreadableAtMs.set(item, draft.passedMs);
  };

  /** Of a first contact, what it turns out to be; `undefined` for one that no step can be like. */
  const shownMessage = (item: Item): Item['message'] => {
    const isHidden: boolean = isUnavailable(item);
    if (!isHidden) return item.message;
    const readable = firstContacts.readableOf.get(item)?.message;
    if (readable) return { ...readable, firstContact: true };
    if (firstContacts.followUp !== 'never') return undefined;
    return { ...item.message, type: 'text', text: {}, firstContact: true };
  };

  const takeStatuses = (item: Item): void => {
    const statuses = fieldsIn(item.value['statuses']);
    if (statuses.length === 0) {
      notify(item, draft, nodes);
      return;
    }
    for (const { status } of statuses)
      draft.leaveOut(
        status === 'failed'
          ? 'a status that says “failed”; graph.refuse makes sends fail'
          : 'a status of what the system sent; the simulator sends them by itself',
      );
  };

  const comesBackAfter = (item: Item): boolean =>
    moments
      .slice(moments.indexOf(item))
      .some((later) => later.kind === 'item' && later.value['event'] === 'ACCOUNT_RECONNECTED');

  /** Whatever has no step is told word for word. */
  const orNotify =
    (turn: (item: Item, on: Place) => boolean) =>
    (item: Item, on: Place): void => {
      if (!turn(item, on)) notify(item, draft, nodes);
    };

  const byField: Readonly<Record<string, (item: Item, on: Place) => void>> = {
    messages: takeMessage,
    history: takeHistory,
    smb_app_state_sync: (item) => book.take(item, () => ask('smb_app_state_sync', item, addressBookMs)),
    smb_message_echoes: orNotify(
      (item, on) => past.echoed.has(item.message?.['id']) || (!isLate() && echoStep(item, draft, on)),
    ),
    account_update: takeAccount,
    user_preferences: orNotify((item) => setsMarketing(item, draft)),
  };

  return {
    book,
    take(item) {
      const place = placeOf(item, nodes);
      if (place === 'elsewhere') {
        draft.leaveOut(`${item.field} of a third number`);
        return;
      }
      if (place === 'neighbour' && item.message === undefined) {
        draft.leaveOut(`${item.field} of the second number`);
        return;
      }
      const on: Place = place === 'neighbour' ? place : undefined;
      const takeItem = Object.hasOwn(byField, item.field) ? byField[item.field] : undefined;
      if (takeItem) takeItem(item, on);
      else notify(item, draft, nodes);
    },
  };
}

const toldOf = ({ field, accepted }: Item): Told => ({ field, accepted });

const requestFor = (syncType: SyncType) =>
  step('client.calls', {
    method: 'POST',
    path: '/{phone-number-id}/smb_app_data',
    body: { messaging_product: 'whatsapp', sync_type: syncType },
    answers: { status: 200 },
  });

function setsMarketing(item: Item, draft: Draft): boolean {
  const [preference, second] = fieldsIn(item.value['user_preferences']);
  const to = preference?.['value'];
  const person = draft.lookUp(preference?.['wa_id'], preference?.['user_id']);
  if (!person || second || (to !== 'stop' && to !== 'resume')) return false;
  draft.takePart(preference?.['wa_id'], preference?.['user_id']);
  draft.act(step('customer.setsMarketing', { from: person.key, to }), toldOf(item));
  return true;
}
