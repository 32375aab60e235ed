/**
 * What was said before the number was connected.
 *
 * It is the past: stored with its own time and direction, never answered, nobody is told. Chunks come in any order, some
 * twice, and overlap with what came live. Files come later and apart, under the wamid of their placeholder.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Bot } from './bot.ts';
import type { Conduct } from './conduct.ts';
import { show } from './content.ts';
import { stored } from './conversations.ts';
import { addresseeOf, known, writerOf, type Customer, type Customers, type Person } from './customers.ts';
import type { InboxStore, StoredMessage } from './inbox-store.ts';
import { changeOf, deliveryOf } from './message-changes.ts';
import { isDeclined, type Syncs, type SyncType } from './sync.ts';
import { noteActivity } from './takeover.ts';
import { instantMs, type HistoryThread, type Value, type WireMessage } from './wire.ts';

export interface HistoryImport {
  /** `value` of the field `history`: chunks, a refusal, or the contents of media. */
  take(phoneNumberId: string, businessNumber: string | undefined, value: Value): Promise<void>;
}

interface Parts {
  readonly conduct: Conduct;
  readonly store: InboxStore;
  readonly customers: Customers;
  readonly syncs: Syncs;
  readonly bot: Bot;
  readonly ask: (phoneNumberId: string, type: SyncType) => void;
}

/** After so many messages whatever else waits has its turn; a chunk may hold thousands. */
const stretch = 200;

export function createHistoryImport(parts: Parts): HistoryImport {
  return {
    async take(phoneNumberId, businessNumber, value) {
      for (const part of value.history ?? []) {
        for (const thread of part.threads ?? []) {
          await importThread(parts, phoneNumberId, businessNumber, thread);
        }
        // Only now: an import that has not been stored is not complete.
        parts.syncs.noteHistory(phoneNumberId, part);
        if (isDeclined(part)) parts.conduct.onHistoryDeclined((type) => parts.ask(phoneNumberId, type));
      }
      await importMedia(parts, phoneNumberId, value);
      parts.syncs.settleHistory(phoneNumberId);
    },
  };
}

async function importThread(
  parts: Parts,
  phoneNumberId: string,
  businessNumber: string | undefined,
  thread: HistoryThread,
): Promise<void> {
  const counterpart = known(thread.context?.wa_id ?? thread.id, thread.context?.user_id);
  let count = 0;
  for (const message of thread.messages ?? []) {
    const fromBusiness = parts.conduct.directionOf({ message, businessNumber }) === 'from-business';
    const person = counterpart ?? (fromBusiness ? addresseeOf(message) : writerOf(message));
    if (!person || message.id === undefined) continue;
    await importOne(parts, parts.customers.meet(phoneNumberId, person), message, fromBusiness);
    if (!fromBusiness) parts.conduct.onHistoryMessage(message, person, welcome(parts, phoneNumberId));
    count += 1;
    if (count % stretch === 0) await breathe();
  }
}

const welcome =
  (parts: Parts, phoneNumberId: string) =>
  (person: Person): void =>
    parts.bot.welcome(parts.customers.meet(phoneNumberId, person));

async function importOne(
  parts: Parts,
  customer: Customer,
  message: WireMessage,
  fromBusiness: boolean,
): Promise<void> {
  const author = fromBusiness ? 'phone' : 'customer';
  const change = changeOf(message, author);
  if (change) return parts.store.change(customer.phoneNumberId, change.wamid, change.change);
  const delivery = fromBusiness ? deliveryOf(message.history_context?.status) : undefined;
  const sentAtMs = parts.conduct.instantOfPast(instantMs(message.timestamp));
  const past = { imported: true, ...(delivery === undefined ? {} : { delivery }) };
  noteActivity(customer, sentAtMs);
  await keepPast(parts, stored(message, customer, author, show(message), sentAtMs, past));
}

async function keepPast(parts: Parts, message: StoredMessage): Promise<void> {
  const kept = await parts.store.keep(message);
  if (kept === 'new' && message.kind === 'media_placeholder')
    parts.syncs.expectFile(message.phoneNumberId, 1);
  if (kept === 'filled') parts.syncs.expectFile(message.phoneNumberId, -1);
  if (kept === 'known' && parts.conduct.storesAgain('history')) await parts.store.keepAgain(message);
}

/** Contents of media come as `messages` and `message_echoes`, like live ones; the field alone says that they are old. */
async function importMedia(parts: Parts, phoneNumberId: string, value: Value): Promise<void> {
  for (const message of value.messages ?? []) {
    const person = writerOf(message, value.contacts);
    if (!person || message.id === undefined || !parts.conduct.fillsPlaceholders()) continue;
    await importOne(parts, parts.customers.meet(phoneNumberId, person), message, false);
    parts.conduct.onHistoryMedia(person, welcome(parts, phoneNumberId));
  }
  for (const message of value.message_echoes ?? []) {
    const person = addresseeOf(message, value.contacts);
    if (!person || message.id === undefined || !parts.conduct.fillsPlaceholders()) continue;
    await importOne(parts, parts.customers.meet(phoneNumberId, person), message, true);
  }
}
