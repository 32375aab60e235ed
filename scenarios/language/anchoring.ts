/** Where a scenario's virtual clock begins, so that its last step happens now. */
import type { Scenario, Step } from './scenario.ts';

const secondMs = 1_000;

/** Virtual time that one step takes: what passes, and what a quiet wait lasts, in whole seconds. */
function stepMs(step: Step): number {
  switch (step.does) {
    case 'time.passes':
      return wholeSeconds(step.durationMs);
    case 'expect.noCall':
      return wholeSeconds(step.forMs);
    default:
      return 0;
  }
}

const wholeSeconds = (durationMs: number): number => Math.ceil(durationMs / secondMs) * secondMs;

/** Virtual time from the first step to the last, milliseconds; always whole seconds. */
export const plannedDurationMs = (scenario: Pick<Scenario, 'steps'>): number =>
  scenario.steps.reduce((total, step) => total + stepMs(step), 0);

/**
 * Virtual time of the first step, milliseconds since the Unix epoch, in whole seconds.
 *
 * A system under test compares a message's `timestamp` with its own clock; anchored at the end, no message comes from
 * its future.
 *
 * @param wallNowMs - the wall clock, given by the caller
 */
export function startOf(scenario: Pick<Scenario, 'steps' | 'anchor'>, wallNowMs: number): number {
  const { anchor } = scenario;
  if (typeof anchor === 'object') return anchor.startMs;
  const now = Math.floor(wallNowMs / secondMs) * secondMs;
  return anchor === 'start' ? now : now - plannedDurationMs(scenario);
}
