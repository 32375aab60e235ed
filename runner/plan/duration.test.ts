import { expect, test } from 'vitest';
import { showDuration } from './duration.ts';

test.each([
  [40, '40 ms'],
  [1_540, '1.5 s'],
  [60_000, '60 s'],
  [300_000, '5 min'],
])('%s → %s', (ms, text) => {
  expect(showDuration(ms)).toBe(text);
});
