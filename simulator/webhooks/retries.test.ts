import { expect, it } from 'vitest';
import { dayMs } from '../core/time.ts';
import { retryDelayMs, retryWindowMs } from './retries.ts';

/** Ages of the attempts after the first, if every one is refused at once. */
function schedule(): readonly number[] {
  const ages: number[] = [];
  for (let ageMs = 0; ;) {
    const delayMs = retryDelayMs(ages.length + 1, ageMs);
    if (delayMs === undefined) return ages;
    ageMs += delayMs;
    ages.push(ageMs);
  }
}

it('retries at once, then ever more seldom, and ends within seven days', () => {
  const ages = schedule();
  expect(ages.slice(0, 4)).toEqual([1_000, 3_000, 7_000, 15_000]);
  expect(ages).toHaveLength(19);
  expect(ages.at(-1)).toBeGreaterThan(6 * dayMs);
  expect(ages.at(-1)).toBeLessThanOrEqual(retryWindowMs);
});

it.each([
  ['on the edge of the window', retryWindowMs - 1_000, 1_000],
  ['beyond it', retryWindowMs - 999, undefined],
])('decides a retry %s', (_name, ageMs, delayMs) => {
  expect(retryDelayMs(1, ageMs)).toBe(delayMs);
});
