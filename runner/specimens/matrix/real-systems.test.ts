/**
 * The judge before strangers: what a run says of bots on published packages is what was once found and explained.
 *
 * A verdict that changes is either a change of ours that has to be understood, or a flaw of a scenario.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { examine } from './examine.ts';
import { expectationsOf, installReal, realSystems } from './real-systems.ts';

beforeAll(() => installReal(), 300_000);

// Two at a time, as the house's configuration has it; one run is a minute and longer where processes start afresh.
describe.concurrent('a bot on a published package', { timeout: 600_000 }, () => {
  it.each(realSystems())('%s: each verdict is the one that is expected', async (bot) => {
    const { report } = await examine({ folder: `real/${bot}` });
    const seen = report.obligations
      .filter(({ verdict }) => verdict !== 'not-applicable')
      .map(({ id, verdict }) => [id, verdict] as const);
    const expected = Object.entries(expectationsOf(bot)).map(([id, { verdict }]) => [id, verdict] as const);
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(expected));
  });

  it.each(realSystems())('%s: each failure is explained by a line of code', (bot) => {
    const failures = Object.entries(expectationsOf(bot)).filter(([, { verdict }]) => verdict === 'fail');
    for (const [id, { where, because }] of failures) {
      expect(where, id).toMatch(/\.m?js:\d+/);
      expect(because, id).toBeTruthy();
    }
  });
});
