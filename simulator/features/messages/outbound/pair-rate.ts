/**
 * How often one number may write to one customer.
 *
 * One message per six seconds, and bursts that are borrowed from the future: each message books six seconds behind
 * those already booked, and a send is refused while the booked time reaches further than the whole burst. So 45
 * messages may leave at once, then one each six seconds; silence pays the debt off.
 *
 * The figures are Meta's (page on throughput and pair rates, documented); that a burst may be spent in parts, and need
 * not be paid off at once, is assumed.
 */
import { secondMs, type EpochMs } from '../../../core/time.ts';

/** What one message costs of the pair's time. */
export const costOfMessageMs = 6 * secondMs;

/**
 * @param paidUntilMs - end of the booked time; anything before now is no debt
 * @param burst - most messages at once, at least 1
 */
export const isPairExhausted = (paidUntilMs: number, burst: number, nowMs: EpochMs): boolean =>
  paidUntilMs - nowMs > (burst - 1) * costOfMessageMs;
