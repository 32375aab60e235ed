/** The JSON of the field `smb_app_state_sync`: contacts that were added, edited or removed. */
import type { JsonObject } from '../../core/json.ts';
import { toTimestamp, type EpochMs } from '../../core/time.ts';
import { isNumberHidden, metadataOf } from '../../core/wire-content.ts';
import type { PhoneNumber, ReadonlyWorld } from '../../core/world.ts';
import type { AddressEntry } from './events.ts';

/** `add` stands for an edit as well. @see Meta: webhooks/reference/smb_app_state_sync (documented) */
export type StateSyncAction = 'add' | 'remove';

/** `value` of one webhook. There is no `contacts[]` beside `state_sync`, with user ids or without. */
export const renderStateSync = (
  world: ReadonlyWorld,
  number: Readonly<PhoneNumber>,
  action: StateSyncAction,
  entries: readonly AddressEntry[],
  nowMs: EpochMs,
): JsonObject => ({
  messaging_product: 'whatsapp',
  metadata: metadataOf(number),
  state_sync: entries.map((entry) => ({
    type: 'contact',
    contact: renderContact(world, action, entry),
    action,
    metadata: { timestamp: renderTimestamp(world, nowMs) },
  })),
});

/** Names are left out where a contact is removed (documented). */
function renderContact(world: ReadonlyWorld, action: StateSyncAction, entry: AddressEntry): JsonObject {
  const customer = world.customers.get(entry.waId);
  const hidden = customer !== undefined && isNumberHidden(customer, world.behaviour);
  const username = world.behaviour.userIds ? customer?.username : undefined;
  return {
    ...(action === 'add' ? namesOf(entry.name) : {}),
    ...(hidden ? {} : { phone_number: entry.waId }),
    ...(world.behaviour.userIds ? { user_id: entry.userId } : {}),
    ...(username === undefined ? {} : { username }),
  };
}

/** The first word is taken for the first name (assumed; the phone keeps two fields). */
const namesOf = (name: string): JsonObject => ({ full_name: name, first_name: name.split(' ')[0] ?? name });

const renderTimestamp = (world: ReadonlyWorld, nowMs: EpochMs): string =>
  world.behaviour.stateSyncTimestamps === 'milliseconds' ? String(nowMs) : toTimestamp(nowMs);
