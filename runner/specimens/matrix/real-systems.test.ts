/**
 * The judge before strangers: what a run says of bots on published packages is what was once found and explained.
 *
 * A verdict that changes is either a change of ours that has to be understood, or a flaw of a scenario.
 */
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { examine, examineAll, type Examination } from './examine.ts';
import { expectationsOf, installReal, realSystems } from './real-systems.ts';

const bots = realSystems();
let examined: readonly Examination[] = [];

// All at once: a bot that knows one number has its scenarios one after another, and mostly waits.
beforeAll(async () => {
  installReal();
  examined = await examineAll(
    bots.map((bot) => ({ folder: `real/${bot}` })),
    { processes: 2, atOnce: 3 },
  );
}, 900_000);

const verdictsOf = (examination: Examination | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    (examination?.report.obligations ?? [])
      .filter(({ verdict }) => verdict !== 'not-applicable')
      .map(({ id, verdict }) => [id, verdict]),
  );

describe('a bot on a published package', () => {
  it.each(bots)(
    '%s: each verdict is the one that is expected',
    async (bot) => {
      const expected = Object.fromEntries(
        Object.entries(expectationsOf(bot)).map(([id, { verdict }]) => [id, verdict]),
      );
      const first = verdictsOf(examined[bots.indexOf(bot)]);
      // Looked at once more, alone: what a busy machine made of it is gone then, and what is wrong is still wrong.
      const isAsExpected = isDeepStrictEqual(first, expected);
      expect(isAsExpected ? first : verdictsOf(await examine({ folder: `real/${bot}` }))).toEqual(expected);
    },
    400_000,
  );

  it.each(bots)('%s: each failure is explained by a line of code', (bot) => {
    const failures = Object.entries(expectationsOf(bot)).filter(([, { verdict }]) => verdict === 'fail');
    for (const [id, { where, because }] of failures) {
      expect(where, id).toMatch(/\.m?js:\d+/);
      expect(because, id).toBeTruthy();
    }
  });
});
