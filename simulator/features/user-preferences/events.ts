/** What customers decide about a business's marketing messages. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId, WaId } from '../../core/identifiers.ts';
import { slice, type ReadonlyWorld } from '../../core/world.ts';

/** A customer stops the marketing messages of a number, or takes them again. */
export interface SetMarketingPreference extends Command {
  readonly type: 'set-marketing-preference';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly to: 'stop' | 'resume';
}

export interface MarketingPreferenceSet extends WorldEvent {
  readonly type: 'marketing-preference-set';
  readonly phoneNumberId: PhoneNumberId;
  readonly waId: WaId;
  readonly to: 'stop' | 'resume';
}

/** Who stopped whose marketing messages. */
export const stopped = slice<Set<string>>('user-preferences', () => new Set());

export const pairKey = (phoneNumberId: PhoneNumberId, waId: WaId): string => `${phoneNumberId} ${waId}`;

/** Whether marketing templates to this customer fail. */
export const hasStoppedMarketing = (
  world: ReadonlyWorld,
  phoneNumberId: PhoneNumberId,
  waId: WaId,
): boolean => stopped.of(world).has(pairKey(phoneNumberId, waId));
