/** Who writes to the business. One person is one customer, known by number, by user id, or by both. */
import type { Conduct } from './conduct.ts';
import type { ContactCard, WireMessage } from './wire.ts';

/** What a webhook says about who a person is; customers with a username may hide their number. */
export interface Person {
  readonly waId?: string;
  readonly userId?: string;
}

export interface Customer {
  readonly key: string;
  readonly phoneNumberId: string;
  waId?: string;
  userId?: string;
  /** What they call themselves. */
  profileName?: string;
  /** What the phone's address book calls them, and since when; no name: not in it. */
  contact?: { readonly name?: string; readonly atMs: number };
  /** Their newest message that came live; the service window counts from it. */
  lastInboundMs?: number;
  /** Newest message of either side, imported ones included. */
  lastActivityMs?: number;
  /** Their message that began a conversation, or began it anew after a long silence. */
  openedAtMs?: number;
  /** Until then a person at the business has the word. */
  humanUntilMs: number;
  unread: number;
  /** When their newest message came here, by a clock of our own. */
  heardAtMs?: number;
  /** For the operator: what the inbox could not do by itself. */
  notices: readonly string[];
}

export interface Customers {
  /** The customer, made on first sight; two that turn out to be one person become one. */
  meet(phoneNumberId: string, person: Person): Customer;
  /** @param alias - number or user id */
  find(phoneNumberId: string, alias: string): Customer | undefined;
  of(phoneNumberId: string): readonly Customer[];
  all(): readonly Customer[];
}

/** @param onMerge - told when everything of `from` now belongs to `to` */
export function createCustomers(
  conduct: Conduct,
  onMerge: (from: Customer, to: Customer) => void,
): Customers {
  const byAlias = new Map<string, Customer>();
  const everybody = new Map<string, Customer>();

  const aliasKey = (phoneNumberId: string, alias: string): string =>
    `${conduct.scopeOf(phoneNumberId)}/${conduct.oneNumber(alias)}`;

  const look = (phoneNumberId: string, alias: string | undefined): Customer | undefined =>
    alias === undefined ? undefined : byAlias.get(aliasKey(phoneNumberId, alias));

  const create = (phoneNumberId: string): Customer => {
    const customer: Customer = {
      key: `customer-${everybody.size + 1}`,
      phoneNumberId,
      humanUntilMs: 0,
      unread: 0,
      notices: [],
    };
    everybody.set(customer.key, customer);
    return customer;
  };

  return {
    meet(phoneNumberId, shown) {
      const person = conduct.knownBy(shown);
      const byNumber = look(phoneNumberId, person.waId);
      const byUserId = look(phoneNumberId, person.userId);
      const customer = byNumber ?? byUserId ?? create(phoneNumberId);
      if (byUserId && byUserId !== customer) {
        absorb(byUserId, customer);
        everybody.delete(byUserId.key);
        onMerge(byUserId, customer);
      }
      learn(customer, person);
      for (const alias of [customer.waId, customer.userId]) {
        if (alias !== undefined) byAlias.set(aliasKey(phoneNumberId, alias), customer);
      }
      return customer;
    },
    find: look,
    of: (phoneNumberId) => [...everybody.values()].filter((one) => one.phoneNumberId === phoneNumberId),
    all: () => [...everybody.values()],
  };
}

/**
 * One form for every form of a number: mobile numbers in Brazil got a ninth digit, and WhatsApp knows older ones with
 * and without it. To recognise people by, never to write to.
 */
export const oneNumber = (alias: string): string => alias.replace(/^(55\d\d)(\d{8})$/, '$19$2');

/** Of two forms of one number the longer is the one that is called today. */
const isOlderForm = (waId: string, known: string | undefined): boolean =>
  known !== undefined && oneNumber(known) === oneNumber(waId) && waId.length < known.length;

function learn(customer: Customer, person: Person): void {
  if (person.waId !== undefined && !isOlderForm(person.waId, customer.waId)) customer.waId = person.waId;
  if (person.userId !== undefined) customer.userId = person.userId;
}

function absorb(from: Customer, to: Customer): void {
  learn(to, from);
  to.unread += from.unread;
  to.notices = [...from.notices, ...to.notices];
  to.humanUntilMs = Math.max(from.humanUntilMs, to.humanUntilMs);
  const inbound = newest(from.lastInboundMs, to.lastInboundMs);
  if (inbound !== undefined) to.lastInboundMs = inbound;
  const activity = newest(from.lastActivityMs, to.lastActivityMs);
  if (activity !== undefined) to.lastActivityMs = activity;
  if (from.contact && from.contact.atMs > (to.contact?.atMs ?? -1)) to.contact = from.contact;
}

/** The later of two instants, either of which may be missing. */
export function newest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined) return other;
  return other === undefined ? one : Math.max(one, other);
}

/** Who wrote a customer's message; nobody if it names nobody. */
export const writerOf = (message: WireMessage, cards: readonly ContactCard[] = []): Person | undefined =>
  person(message.from, message.from_user_id, cards);

/** To whom the business wrote: `from` of an echo is the business itself. */
export const addresseeOf = (echo: WireMessage, cards: readonly ContactCard[] = []): Person | undefined =>
  person(echo.to, echo.to_user_id, cards);

/** A webhook's only contact card speaks for a message that names nobody. */
function person(waId?: string, userId?: string, cards: readonly ContactCard[] = []): Person | undefined {
  const card = cards.length === 1 ? cards[0] : undefined;
  const named = waId !== undefined || userId !== undefined;
  return known(named ? waId : card?.wa_id, named ? userId : card?.user_id);
}

/** A person by what is known of them; nobody if nothing is. */
export function known(waId: string | undefined, userId: string | undefined): Person | undefined {
  if (waId === undefined && userId === undefined) return undefined;
  return { ...(waId === undefined ? {} : { waId }), ...(userId === undefined ? {} : { userId }) };
}

/** The card that belongs to a customer. */
export const cardOf = (person: Person, cards: readonly ContactCard[] = []): ContactCard | undefined =>
  cards.find(
    (card) =>
      (card.wa_id !== undefined && card.wa_id === person.waId) ||
      (card.user_id !== undefined && card.user_id === person.userId),
  );
