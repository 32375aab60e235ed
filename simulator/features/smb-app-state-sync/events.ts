/** What can be asked about the phone's address book, and what happens to it. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId, UserId, WaId } from '../../core/identifiers.ts';

/** An entry of the address book: somebody who is on WhatsApp. */
export interface AddressEntry {
  readonly waId: WaId;
  readonly userId: UserId;
  /** As the phone's owner wrote it. */
  readonly name: string;
}

/** An entry before it is known who it is; somebody is invented where `waId` is missing. */
export interface NewAddressEntry {
  readonly name: string;
  readonly waId?: WaId;
}

/** Most entries that one command can fill in. */
export const mostContacts = 20_000;

/** Sets up the address book, before it is asked for; replies with whom it holds, in the same order. */
export interface FillContacts extends Command {
  readonly type: 'fill-contacts';
  readonly phoneNumberId: PhoneNumberId;
  readonly contacts: readonly NewAddressEntry[];
}

/** The owner saves a contact, or gives one that is saved another name. */
export interface SaveContact extends Command, NewAddressEntry {
  readonly type: 'save-contact';
  readonly phoneNumberId: PhoneNumberId;
}

/** The owner deletes a contact. */
export interface RemoveContact extends Command {
  readonly type: 'remove-contact';
  readonly phoneNumberId: PhoneNumberId;
  readonly waId: WaId;
}

/** Due: the whole address book leaves. */
export interface SendAddressBook extends Command {
  readonly type: 'send-address-book';
  readonly phoneNumberId: PhoneNumberId;
}

/** Every command that this feature decides. */
export type StateSyncCommand = FillContacts | SaveContact | RemoveContact | SendAddressBook;

/** The address book came to hold these, beside what it held. */
export interface ContactsFilled extends WorldEvent {
  readonly type: 'contacts-filled';
  readonly phoneNumberId: PhoneNumberId;
  readonly entries: readonly AddressEntry[];
}

/** An entry is new, or has another name. */
export interface ContactSaved extends WorldEvent {
  readonly type: 'contact-saved';
  readonly phoneNumberId: PhoneNumberId;
  readonly entry: AddressEntry;
}

/** An entry is gone. */
export interface ContactRemoved extends WorldEvent {
  readonly type: 'contact-removed';
  readonly phoneNumberId: PhoneNumberId;
  readonly waId: WaId;
}

/** Every event of this feature. */
export type StateSyncEvent = ContactsFilled | ContactSaved | ContactRemoved;
