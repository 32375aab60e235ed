/** Which synchronisations each number has had in its current onboarding. */
import type { NumberMoved } from '../../core/events.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { slice, type World } from '../../core/world.ts';
import type { SyncRequested, SyncType } from './events.ts';

/** What this feature keeps of the world. */
export interface SyncState {
  /** Types already asked for, until a new onboarding begins. */
  readonly spent: Map<PhoneNumberId, ReadonlySet<SyncType>>;
}

/** The part of the world that this feature alone writes. */
export const syncState = slice<SyncState>('smb-app-data', () => ({ spent: new Map() }));

/** A new onboarding gives each type its one chance again; coming back from a device change does not. */
export function evolveMoved(world: World, event: NumberMoved): void {
  if (event.onboardedAtMs !== undefined) syncState.in(world).spent.delete(event.phoneNumberId);
}

/** The type's one chance is spent. */
export function evolveRequested(world: World, event: SyncRequested): void {
  const { spent } = syncState.in(world);
  const syncType = event.type === 'history-sync-requested' ? 'history' : 'smb_app_state_sync';
  spent.set(event.phoneNumberId, new Set(spent.get(event.phoneNumberId)).add(syncType));
}
