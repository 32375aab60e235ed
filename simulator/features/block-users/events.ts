/** Customers that a number has blocked. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId, WaId } from '../../core/identifiers.ts';
import { slice, type ReadonlyWorld } from '../../core/world.ts';

/** `POST` and `DELETE /{phone-number-id}/block_users`. */
export interface ChangeBlockList extends Command {
  readonly type: 'block-users' | 'unblock-users';
  readonly phoneNumberId: PhoneNumberId;
  /** As they were written: numbers, or user ids. */
  readonly users: readonly string[];
}

/** `GET /{phone-number-id}/block_users`. */
export interface ListBlocked extends Command {
  readonly type: 'list-blocked-users';
  readonly phoneNumberId: PhoneNumberId;
}

export interface BlockListChanged extends WorldEvent {
  readonly type: 'block-list-changed';
  readonly phoneNumberId: PhoneNumberId;
  readonly waIds: readonly WaId[];
  readonly blocked: boolean;
}

/** Block lists by number, the oldest entry first. */
export const blockLists = slice<Map<PhoneNumberId, Set<WaId>>>('block-users', () => new Map());

/** Whether what the customer writes reaches the number, and the other way round. */
export const isBlocked = (world: ReadonlyWorld, phoneNumberId: PhoneNumberId, waId: WaId): boolean =>
  blockLists.of(world).get(phoneNumberId)?.has(waId) ?? false;
