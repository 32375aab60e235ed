/** How the playing of a scenario is ended early. */
import type { Ending } from '../judge/facts.ts';

type EarlyEnding = Exclude<Ending, { kind: 'finished' }>;

/** Thrown through the playing of a scenario; carries how it ended. */
export class ScenarioEnd extends Error {
  readonly ending: EarlyEnding;

  constructor(ending: EarlyEnding) {
    super(`The scenario ended: ${ending.kind}.`);
    this.name = 'ScenarioEnd';
    this.ending = ending;
  }
}

/** Settles like the promise, unless the signal aborts first: then it throws the signal's reason. */
export function orEnd<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) {
      // Nobody waits for it any more; what it may still throw is no news.
      promise.catch(() => undefined);
      end();
      return;
    }
    signal.addEventListener('abort', end, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
