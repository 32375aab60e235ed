/** The customer service window: free-form messages are taken for 24 hours after the customer wrote. */
import { hourMs, type EpochMs } from '../../../core/time.ts';
import type { PhoneNumber } from '../../../core/world.ts';
import type { Conversation } from '../evolve.ts';

/** Length of the window. @see Meta: sending messages, customer service windows (documented) */
export const windowMs = 24 * hourMs;

/**
 * Open until *more than* 24 hours have passed, as the text of 131047 puts it.
 *
 * What the customer wrote before the number was onboarded opens nothing (Meta: onboarding-business-app-users,
 * documented), not even where an earlier onboarding had seen it.
 */
export function isWindowOpen(
  number: Pick<PhoneNumber, 'onboardedAtMs'>,
  conversation: Pick<Conversation, 'lastReceivedAtMs'> | undefined,
  nowMs: EpochMs,
): boolean {
  const lastReceivedAtMs = conversation?.lastReceivedAtMs;
  if (lastReceivedAtMs === undefined) return false;
  if (number.onboardedAtMs !== undefined && lastReceivedAtMs < number.onboardedAtMs) return false;
  return nowMs - lastReceivedAtMs <= windowMs;
}
