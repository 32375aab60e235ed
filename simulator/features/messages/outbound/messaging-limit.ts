/** The messaging limit: how many users a portfolio may write to first, outside their windows, in 24 hours. */
import { dayMs, type EpochMs } from '../../../core/time.ts';
import type { BusinessId, WaId } from '../../../core/identifiers.ts';
import { slice, type PhoneNumber, type ReadonlyWorld, type World } from '../../../core/world.ts';

/** When each user was last written to first, the oldest first; by portfolio. */
const opened = slice('messaging-limit', () => new Map<BusinessId, Map<WaId, EpochMs>>());

const ownerOf = (world: ReadonlyWorld, { wabaId }: Pick<PhoneNumber, 'wabaId'>): BusinessId | undefined =>
  world.wabas.get(wabaId)?.ownerBusinessId;

/**
 * Whether one more user would be too many. Who was written to within the day counts once.
 *
 * @see Meta: messaging limits (documented: unique users in a moving day, by portfolio)
 */
export function isLimitReached(world: ReadonlyWorld, number: PhoneNumber, to: WaId, nowMs: EpochMs): boolean {
  const owner = ownerOf(world, number);
  const users = owner === undefined ? undefined : opened.of(world).get(owner);
  if (!users || users.size < world.behaviour.messagingLimit) return false;
  const recent = [...users].filter(([, atMs]) => nowMs - atMs < dayMs);
  return recent.length >= world.behaviour.messagingLimit && !recent.some(([waId]) => waId === to);
}

/** Remembers that a user was written to first; forgets those of more than a day ago. */
export function countOpened(world: World, number: PhoneNumber, to: WaId, atMs: EpochMs): void {
  const owner = ownerOf(world, number);
  if (owner === undefined) return;
  const all = opened.in(world);
  let users = all.get(owner);
  if (!users) all.set(owner, (users = new Map<WaId, EpochMs>()));
  for (const [waId, lastMs] of users) {
    if (atMs - lastMs < dayMs) break;
    users.delete(waId);
  }
  users.delete(to);
  users.set(to, atMs);
}

/** Meta's names of the limits. @see Meta: Business Management API, `whatsapp_business_manager_messaging_limit` (documented) */
const tiers = [
  [250, 'TIER_250'],
  [2_000, 'TIER_2K'],
  [10_000, 'TIER_10K'],
  [100_000, 'TIER_100K'],
] as const;

/** What nodes say of it. */
export const tierOf = (world: ReadonlyWorld): string =>
  tiers.find(([most]) => world.behaviour.messagingLimit <= most)?.[1] ?? 'TIER_UNLIMITED';
