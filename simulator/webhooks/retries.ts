/** When a refused webhook is tried again. Pure. */
import { dayMs, secondMs } from '../core/time.ts';

/** For how long Meta goes on trying, from the first attempt (documented: Meta: throughput, webhooks). */
export const retryWindowMs = 7 * dayMs;

/**
 * How long to wait after the `refusals`-th refusal of a delivery, or `undefined` if no further attempt fits into the
 * window.
 *
 * Meta says “at once, then with decreasing frequency” for up to 7 days and publishes no schedule. Here: one second,
 * then twice as long each time (assumed); 20 attempts over six days.
 *
 * @param refusals - refused attempts so far, at least 1
 * @param ageMs - virtual milliseconds since the first attempt was due
 */
export function retryDelayMs(refusals: number, ageMs: number): number | undefined {
  const delayMs = secondMs * 2 ** (refusals - 1);
  return ageMs + delayMs <= retryWindowMs ? delayMs : undefined;
}
