/** What each phone holds from before, and whether its owner shares it. */
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { slice, type World } from '../../core/world.ts';
import type { HistorySharing, SignupCompleted } from '../account-update/events.ts';
import type { HistoryFill, HistoryFilled } from './events.ts';

/** What this feature keeps of the world. */
export interface HistoryState {
  /** All fills of a number, the current one last: a webhook names its fill by its place and may be made anew later. */
  readonly fills: Map<PhoneNumberId, readonly HistoryFill[]>;
  /** As set up; counts until a signup says otherwise. */
  readonly setUp: Map<PhoneNumberId, HistorySharing>;
  /** As chosen in the newest signup. */
  readonly chosen: Map<PhoneNumberId, HistorySharing>;
}

/** The part of the world that this feature alone writes. */
export const historyState = slice<HistoryState>('history', () => ({
  fills: new Map(),
  setUp: new Map(),
  chosen: new Map(),
}));

/** A fill is added, never changed: chunks that left before still name theirs. */
export function evolveFilled(world: World, event: HistoryFilled): void {
  const { fills, setUp } = historyState.in(world);
  fills.set(event.phoneNumberId, [...(fills.get(event.phoneNumberId) ?? []), event.fill]);
  setUp.set(event.phoneNumberId, event.sharing);
}

/** The owner's choice goes before what was set up. */
export function evolveSignup(world: World, event: SignupCompleted): void {
  historyState.in(world).chosen.set(event.phoneNumberId, event.history);
}
