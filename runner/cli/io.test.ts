import { expect, test } from 'vitest';
import { colorsFor } from './io.ts';

test.each([
  [true, {}, true],
  [false, {}, false],
  [false, { CI: 'true' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '', FORCE_COLOR: '' }, true],
  [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
])('on a terminal: %s, with %j, there are colours: %s', (isTerminal, env, isColoured) => {
  const colors = colorsFor({ write: () => undefined, isTerminal, columns: 80 }, env);
  expect(colors.green('✓') !== '✓').toBe(isColoured);
});
