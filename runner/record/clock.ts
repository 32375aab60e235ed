/** When things happened: by our clock, and further on where the sender's runs ahead, as a simulator's does. Pure. */
import type { Moment } from './changes.ts';

/** Clocks of machines differ by so much. */
const usualSkewMs = 60_000;
/** Timestamps that jump further are made up. */
const longestJumpMs = 200 * 86_400_000;

/** @returns milliseconds since the first moment, never less than for the moment before */
export function createClock(first: Moment): (moment: Moment) => number {
  const leadOf = (moment: Moment): number =>
    moment.kind === 'item' && moment.sentAtMs !== undefined ? moment.sentAtMs - moment.atMs : -Infinity;
  // Sample bodies may be from any year: only what changes is told.
  const beganAhead = leadOf(first) > usualSkewMs ? leadOf(first) : 0;
  let lead = 0;
  let latest = 0;
  return (moment) => {
    const ahead = leadOf(moment) - beganAhead;
    if (ahead > lead && ahead - lead < longestJumpMs) lead = ahead;
    latest = Math.max(latest, moment.atMs - first.atMs + lead);
    return latest;
  };
}
