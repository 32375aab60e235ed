/** What was said live: customers' messages, echoes of the phone, edits, deletions, reactions and statuses. */
import type { Bot } from './bot.ts';
import type { Clock } from './clock.ts';
import type { Conduct } from './conduct.ts';
import { show, type Shown } from './content.ts';
import { addresseeOf, cardOf, writerOf, type Customer, type Customers, type Person } from './customers.ts';
import type { Author, Delivery, InboxStore, StoredMessage } from './inbox-store.ts';
import { changeOf, statusChange } from './message-changes.ts';
import { noteActivity, noteHuman, noteInbound } from './takeover.ts';
import { instantMs, type ContactCard, type Value, type WireMessage, type WireStatus } from './wire.ts';

export interface Conversations {
  /** `value` of the field `messages`. */
  hear(phoneNumberId: string, value: Value): Promise<void>;
  /** `value` of the field `smb_message_echoes`. */
  overhear(phoneNumberId: string, value: Value): Promise<void>;
}

interface Parts {
  readonly conduct: Conduct;
  readonly clock: Clock;
  readonly store: InboxStore;
  readonly customers: Customers;
  readonly bot: Bot;
  readonly isImporting: (phoneNumberId: string) => boolean;
  readonly report: (error: unknown) => void;
}

export function createConversations(parts: Parts): Conversations {
  const automaticTexts = new Map<string, Set<string>>();
  const textsOf = (phoneNumberId: string): Set<string> => {
    const texts = automaticTexts.get(phoneNumberId) ?? new Set<string>();
    automaticTexts.set(phoneNumberId, texts);
    return texts;
  };
  return {
    async hear(phoneNumberId, value) {
      for (const message of value.messages ?? []) {
        await survive(parts, () => inbound(parts, phoneNumberId, message, value.contacts));
      }
      for (const status of value.statuses ?? []) {
        await takeStatus(parts, phoneNumberId, status);
      }
    },
    async overhear(phoneNumberId, value) {
      for (const message of value.message_echoes ?? []) {
        await survive(parts, () =>
          echo(parts, phoneNumberId, message, value.contacts, textsOf(phoneNumberId)),
        );
      }
    },
  };
}

async function takeStatus(parts: Parts, phoneNumberId: string, status: WireStatus): Promise<void> {
  const { conduct, store } = parts;
  const change = statusChange(status);
  if (status.id === undefined || !change) return;
  if (conduct.keepsStatus(await store.has(phoneNumberId, status.id)))
    await store.change(phoneNumberId, status.id, conduct.changeByStatus(change));
  conduct.onStatus(status, (person) => parts.bot.welcome(parts.customers.meet(phoneNumberId, person)));
}

/** One message that cannot be handled must not take the rest of its batch with it. */
async function survive(parts: Parts, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    parts.report(error);
  }
}

async function inbound(
  parts: Parts,
  phoneNumberId: string,
  message: WireMessage,
  cards: readonly ContactCard[] | undefined,
): Promise<void> {
  const writer = writerOf(message, cards);
  // Groups are not one-to-one conversations: the bot would answer everybody.
  if (!writer || message.id === undefined || message.group_id !== undefined) return;
  const sentAtMs = instantMs(message.timestamp);
  parts.clock.witness(phoneNumberId, sentAtMs);
  const customer = meet(parts, phoneNumberId, writer, cards);
  if (await changed(parts, phoneNumberId, message, 'customer')) return;
  const shown = show(message);
  const around = {
    phoneNumberId,
    isHidden: writer.waId === undefined,
    importIsRunning: parts.isImporting(phoneNumberId),
    burst: isBurst(customer),
  };
  const isKept = parts.conduct.keepsInbound(shown, around);
  const isNew =
    isKept && (await keepLive(parts, storedAs(parts, message, customer, 'customer', shown, sentAtMs)));
  if (isNew) customer.unread += 1;
  noteInbound(customer, sentAtMs);
  if (!shown.placeholder && parts.conduct.hears(writer))
    parts.bot.hear(customer, { wamid: message.id, sentAtMs });
}

async function echo(
  parts: Parts,
  phoneNumberId: string,
  message: WireMessage,
  cards: readonly ContactCard[] | undefined,
  automaticTexts: Set<string>,
): Promise<void> {
  const addressee = addresseeOf(message, cards);
  if (!addressee || message.id === undefined) return;
  const sentAtMs = instantMs(message.timestamp);
  const customer = meet(parts, phoneNumberId, addressee, cards);
  if (await changed(parts, phoneNumberId, message, 'phone')) return;
  const shown = show(message);
  if (parts.conduct.isAutomatic({ text: shown.text, sentAtMs }, customer, automaticTexts))
    automaticTexts.add(shown.text);
  else takeOver(parts, customer, sentAtMs);
  noteActivity(customer, sentAtMs);
  if (parts.conduct.keepsEcho(addressee))
    await keepLive(parts, storedAs(parts, message, customer, parts.conduct.authorOfEcho(), shown, sentAtMs));
  parts.conduct.onEcho(message, (person) => parts.bot.welcome(parts.customers.meet(phoneNumberId, person)));
}

function takeOver(parts: Parts, customer: Customer, sentAtMs: number): void {
  const all = parts.customers.of(customer.phoneNumberId);
  for (const one of parts.conduct.whoIsTakenOver(customer, all)) noteHuman(one, sentAtMs);
}

/** Messages of one customer that come this close to one another are one breath. */
const breathMs = 5_000;

/** Whether the customer's last message came a moment ago, by our clock. */
function isBurst(customer: Customer): boolean {
  const nowMs = performance.now();
  const isOne = nowMs - (customer.heardAtMs ?? -Infinity) < breathMs;
  customer.heardAtMs = nowMs;
  return isOne;
}

function storedAs(
  { conduct }: Parts,
  message: WireMessage,
  customer: Customer,
  author: Author,
  shown: Shown,
  sentAtMs: number,
): StoredMessage {
  const { quotes, ...rest } = stored(message, customer, author, shown, sentAtMs);
  return quotes === undefined || !conduct.keepsQuote() ? rest : { ...rest, quotes };
}

function meet(
  parts: Parts,
  phoneNumberId: string,
  person: Person,
  cards: readonly ContactCard[] | undefined,
): Customer {
  const customer = parts.customers.meet(phoneNumberId, person);
  const name = cardOf(person, cards)?.profile?.name;
  if (name !== undefined) customer.profileName = name;
  return customer;
}

/** @returns whether the message only changes another */
async function changed(
  parts: Parts,
  phoneNumberId: string,
  message: WireMessage,
  by: Author,
): Promise<boolean> {
  const found = changeOf(message, by);
  if (!found) return false;
  const isKnown = await parts.store.has(phoneNumberId, found.wamid);
  if (parts.conduct.applies(message.type ?? '', isKnown)) {
    await parts.store.change(phoneNumberId, found.wamid, found.change);
  }
  return true;
}

/** @returns whether it was not there before */
async function keepLive(parts: Parts, message: StoredMessage): Promise<boolean> {
  const kept = await parts.store.keep(message);
  if (kept === 'known' && parts.conduct.storesAgain('live')) await parts.store.keepAgain(message);
  return kept === 'new';
}

/** A message of the wire as the inbox keeps it. */
export function stored(
  message: WireMessage,
  customer: Customer,
  author: Author,
  shown: Shown,
  sentAtMs: number,
  past: { readonly imported: boolean; readonly delivery?: Delivery } = { imported: false },
): StoredMessage {
  return {
    phoneNumberId: customer.phoneNumberId,
    wamid: message.id ?? '',
    customer: customer.key,
    author,
    ...shown,
    sentAtMs,
    ...(message.context?.id === undefined ? {} : { quotes: message.context.id }),
    edited: false,
    deleted: false,
    reactions: {},
    ...past,
  };
}
