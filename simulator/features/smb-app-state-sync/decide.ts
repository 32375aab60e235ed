/** Keeps the address book, and tells of it once it was asked for. */
import { mintWaId } from '../../core/countries.ts';
import { accept, mistake, type Decision, type WorldEvent } from '../../core/decision.ts';
import { emitForNumber, scheduleAfter } from '../../core/events.ts';
import { mintUserId, type WaId } from '../../core/identifiers.ts';
import type { Random } from '../../core/random.ts';
import { secondMs, type EpochMs } from '../../core/time.ts';
import { chanceOf, type PhoneNumber, type ReadonlyWorld } from '../../core/world.ts';
import type { ContactSyncRequested } from '../smb-app-data/events.ts';
import {
  mostContacts,
  type AddressEntry,
  type ContactRemoved,
  type ContactSaved,
  type ContactsFilled,
  type FillContacts,
  type NewAddressEntry,
  type RemoveContact,
  type SaveContact,
  type SendAddressBook,
} from './events.ts';
import { stateSyncState } from './evolve.ts';
import { renderStateSync, type StateSyncAction } from './wire.ts';

/** From the request to the address book; practically at once, but never before the request is answered (assumed). */
export const addressBookAfterMs = secondMs;

/** Most contacts of one webhook; providers have seen large books split, nobody says where (assumed). */
export const contactsPerWebhook = 500;

/** Sets the address book up; nothing is told of it until it is asked for. */
export function decideFill(world: ReadonlyWorld, command: FillContacts): Decision<readonly AddressEntry[]> {
  const { phoneNumberId, contacts } = command;
  const number = world.phoneNumbers.get(phoneNumberId);
  if (!number) return noSuchNumber(phoneNumberId);
  if (contacts.length > mostContacts)
    return mistake(
      `An address book is filled with at most ${mostContacts} contacts, not ${contacts.length}.`,
    );
  const random = chanceOf(world);
  const taken = new Set<WaId>(stateSyncState.of(world).books.get(phoneNumberId)?.keys());
  const entries = contacts.map((contact) => {
    const entry = identify(world, number, contact, random, taken);
    taken.add(entry.waId);
    return entry;
  });
  const event: ContactsFilled = { type: 'contacts-filled', phoneNumberId, entries };
  return accept([event], entries);
}

/** Adds an entry, or renames the one of this number; both are `add` on the wire. */
export function decideSave(
  world: ReadonlyWorld,
  command: SaveContact,
  nowMs: EpochMs,
): Decision<AddressEntry> {
  const { phoneNumberId } = command;
  const number = world.phoneNumbers.get(phoneNumberId);
  if (!number) return noSuchNumber(phoneNumberId);
  const book = stateSyncState.of(world).books.get(phoneNumberId);
  const known = command.waId === undefined ? undefined : book?.get(command.waId);
  const entry = known
    ? { ...known, name: command.name }
    : identify(world, number, command, chanceOf(world), new Set(book?.keys()));
  const event: ContactSaved = { type: 'contact-saved', phoneNumberId, entry };
  return accept([event, ...tell(world, number, 'add', entry, nowMs)], entry);
}

/** Removes an entry; what the wire then shows of it has no name. */
export function decideRemove(world: ReadonlyWorld, command: RemoveContact, nowMs: EpochMs): Decision<null> {
  const { phoneNumberId, waId } = command;
  const number = world.phoneNumbers.get(phoneNumberId);
  if (!number) return noSuchNumber(phoneNumberId);
  const entry = stateSyncState.of(world).books.get(phoneNumberId)?.get(waId);
  if (!entry)
    return mistake(`${waId} is not in the address book, so it cannot be removed.`, 'Save the contact first.');
  const event: ContactRemoved = { type: 'contact-removed', phoneNumberId, waId };
  return accept([event, ...tell(world, number, 'remove', entry, nowMs)], null);
}

/** An accepted request sets the address book going. */
export const reactToRequest = (
  _world: ReadonlyWorld,
  { phoneNumberId }: ContactSyncRequested,
  nowMs: EpochMs,
): readonly WorldEvent[] => {
  const send: SendAddressBook = { type: 'send-address-book', phoneNumberId };
  return [scheduleAfter(nowMs, addressBookAfterMs, send)];
};

/** The whole book leaves; an empty one leaves no trace (assumed). */
export function decideSend(
  world: ReadonlyWorld,
  { phoneNumberId }: SendAddressBook,
  nowMs: EpochMs,
): Decision<null> {
  const number = world.phoneNumbers.get(phoneNumberId);
  const entries = [...(stateSyncState.of(world).books.get(phoneNumberId)?.values() ?? [])];
  if (number?.state !== 'coexistence') return accept([], null);
  const webhooks: WorldEvent[] = [];
  for (let first = 0; first < entries.length; first += contactsPerWebhook) {
    const part = entries.slice(first, first + contactsPerWebhook);
    const value = renderStateSync(world, number, 'add', part, nowMs);
    webhooks.push(emitForNumber(number, 'smb_app_state_sync', value));
  }
  return accept(webhooks, null);
}

/** A later change is told without another request, while both sides are connected (documented). */
function tell(
  world: ReadonlyWorld,
  number: Readonly<PhoneNumber>,
  action: StateSyncAction,
  entry: AddressEntry,
  nowMs: EpochMs,
): readonly WorldEvent[] {
  const told = number.state === 'coexistence' && stateSyncState.of(world).synced.has(number.id);
  if (!told) return [];
  const value = renderStateSync(world, number, action, [entry], nowMs);
  return [emitForNumber(number, 'smb_app_state_sync', value)];
}

/** Who a new entry is: a customer where the number is one's, somebody of that number, or somebody invented. */
function identify(
  world: ReadonlyWorld,
  number: Readonly<PhoneNumber>,
  { name, waId }: NewAddressEntry,
  random: Random,
  taken: ReadonlySet<WaId>,
): AddressEntry {
  const customer = waId === undefined ? undefined : world.customers.get(waId);
  if (customer) return { waId: customer.waId, userId: customer.userId, name };
  return {
    waId: waId ?? inventWaId(world, number, random, taken),
    userId: mintUserId(random, number.country),
    name,
  };
}

/** A number that nobody here has. Where a country's numbers for fiction run out, somebody calls from abroad. */
function inventWaId(
  world: ReadonlyWorld,
  number: Readonly<PhoneNumber>,
  random: Random,
  taken: ReadonlySet<WaId>,
): WaId {
  const isFree = (waId: WaId): boolean =>
    waId !== number.waId && !taken.has(waId) && !world.customers.has(waId);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const waId = mintWaId(random, number.country);
    if (waId !== undefined && isFree(waId)) return waId;
  }
  for (;;) {
    // A hundred million numbers; the most contacts there can be leave nearly all of them free.
    const waId = mintWaId(random, 'BR');
    if (waId === undefined) throw new Error('No numbers are known for Brazil.');
    if (isFree(waId)) return waId;
  }
}

const noSuchNumber = (phoneNumberId: string): Decision<never> =>
  mistake(`There is no number ${phoneNumberId} with an address book.`);
