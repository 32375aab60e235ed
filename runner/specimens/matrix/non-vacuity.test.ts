/** Nothing is earned by doing nothing: silence keeps no obligation of those who act, and who is down keeps none at all. */
import { describe, expect, it } from 'vitest';
import { examine } from './examine.ts';

/** Nothing works here, all is waiting: the whole library at once. */
const args = ['--jobs', '200'];

describe.concurrent('a system that', { timeout: 600_000 }, () => {
  it('answers 200 to everything and does nothing else keeps none of automation, inbox, sender or onboarder', async () => {
    const { exitCode, report } = await examine({ folder: 'silent', args });
    const kept = report.obligations.filter(({ verdict }) => verdict === 'pass');
    expect(kept.filter(({ profile }) => profile !== 'receiver').map(({ id }) => id)).toEqual([]);
    expect(kept.length).toBeGreaterThan(0);
    expect(exitCode).toBe(1);
  });

  it('is down keeps none at all', async () => {
    const { exitCode, report } = await examine({ folder: 'down', args });
    expect(report.obligations.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id)).toEqual([]);
    expect(exitCode).not.toBe(0);
  });
});
