/** Waiting for something to be seen, in real time; the virtual clock follows in whole seconds. */
import type { Watched } from './view.ts';

/** The world that is waited in. */
export interface Waiting {
  readonly journal: Watched;
  /** Virtual now, milliseconds since the Unix epoch. */
  nowMs(): number;
  advance(durationMs: number): Promise<void>;
  /** A tape: what it shows is all there will ever be, so that one look is enough. */
  readonly isOver?: true;
}

export interface WaitOptions<T> {
  readonly withinMs: number;
  /** Looks; anything but `undefined` ends the wait. */
  readonly look: () => T | undefined | Promise<T | undefined>;
  /** Ends the wait with its reason. */
  readonly signal: AbortSignal;
  /** Looks at least this often, for what the journal does not show; missing: only when the journal grows. */
  readonly everyMs?: number;
}

const secondMs = 1_000;

/**
 * Looks until there is something to see or the time is up.
 *
 * After each full real second of waiting the virtual clock moves one second, so that what the platform has scheduled
 * for soon (statuses, retries) happens as it would.
 *
 * @returns what was seen, or nothing
 * @throws the signal's reason when it aborts
 */
export async function waitFor<T>(world: Waiting, options: WaitOptions<T>): Promise<T | undefined> {
  const startMs = performance.now();
  let seconds = 0;
  for (;;) {
    options.signal.throwIfAborted();
    const seen = await options.look();
    if (seen !== undefined) return seen;
    if (world.isOver) return undefined;
    const elapsedMs = performance.now() - startMs;
    const nextSecondMs = (seconds + 1) * secondMs;
    if (elapsedMs >= nextSecondMs && nextSecondMs <= options.withinMs) {
      seconds += 1;
      await world.advance(secondMs);
    } else if (elapsedMs >= options.withinMs) {
      return undefined;
    } else {
      const untilMs = Math.min(nextSecondMs, options.withinMs) - elapsedMs;
      await pause(world.journal, Math.min(untilMs, options.everyMs ?? untilMs), options.signal);
    }
  }
}

/** Until the time is over, the journal grows or the signal aborts. */
function pause(journal: Watched, durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      unsubscribe();
      resolve();
    };
    // A timer may fire a fraction early; one more millisecond spares a turn of the loop.
    const timer = setTimeout(end, Math.ceil(durationMs) + 1);
    const unsubscribe = journal.subscribe(end);
    signal.addEventListener('abort', end, { once: true });
  });
}
