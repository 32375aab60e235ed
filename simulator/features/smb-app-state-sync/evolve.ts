/** Each phone's address book, and whether its changes are told. */
import type { NumberMoved } from '../../core/events.ts';
import type { PhoneNumberId, WaId } from '../../core/identifiers.ts';
import { slice, type World } from '../../core/world.ts';
import type { ContactSyncRequested } from '../smb-app-data/events.ts';
import type { AddressEntry, ContactRemoved, ContactSaved, ContactsFilled } from './events.ts';

/** What this feature keeps of the world. */
export interface StateSyncState {
  readonly books: Map<PhoneNumberId, Map<WaId, AddressEntry>>;
  /** Numbers whose address book was asked for in their current onboarding. */
  readonly synced: Set<PhoneNumberId>;
}

/** The part of the world that this feature alone writes. */
export const stateSyncState = slice<StateSyncState>('smb-app-state-sync', () => ({
  books: new Map(),
  synced: new Set(),
}));

function bookIn(world: World, phoneNumberId: PhoneNumberId): Map<WaId, AddressEntry> {
  const { books } = stateSyncState.in(world);
  const book = books.get(phoneNumberId) ?? new Map<WaId, AddressEntry>();
  books.set(phoneNumberId, book);
  return book;
}

/** Entries of the same number replace one another. */
export function evolveFilled(world: World, event: ContactsFilled): void {
  const book = bookIn(world, event.phoneNumberId);
  for (const entry of event.entries) book.set(entry.waId, entry);
}

/** The newest name counts. */
export function evolveSaved(world: World, event: ContactSaved): void {
  bookIn(world, event.phoneNumberId).set(event.entry.waId, event.entry);
}

/** The entry leaves the book. */
export function evolveRemoved(world: World, event: ContactRemoved): void {
  bookIn(world, event.phoneNumberId).delete(event.waId);
}

/** From now on every change is told. */
export function evolveRequested(world: World, event: ContactSyncRequested): void {
  stateSyncState.in(world).synced.add(event.phoneNumberId);
}

/** A new onboarding has to ask anew before changes are told again. */
export function evolveMoved(world: World, event: NumberMoved): void {
  if (event.onboardedAtMs !== undefined) stateSyncState.in(world).synced.delete(event.phoneNumberId);
}
