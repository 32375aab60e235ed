/**
 * The judge is judged: the conforming system keeps every obligation of the whole library, and each defect is caught by
 * its own obligation and by no other.
 *
 * What a defect makes impossible to tell (an app that never subscribes gets no webhooks) shows as inconclusive, which
 * is no accusation.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { obligations, packageRoot } from '../../contracts/catalogue.ts';
import { examine, type Report } from './testing/examine.ts';

const specimens = readdirSync(path.join(packageRoot(), 'runner/specimens')).filter((name) =>
  name.startsWith('breaks-'),
);

const withVerdict = ({ obligations: all }: Report, verdict: string): string[] =>
  all.filter((one) => one.verdict === verdict).map(({ id }) => id);

// Two at a time: more would only wait for the two cores a small machine has.
describe.concurrent('the kill matrix', { timeout: 180_000 }, () => {
  it('has the conforming system keep every obligation there is', async () => {
    const { exitCode, report } = await examine('conforming');
    expect(withVerdict(report, 'pass').sort()).toEqual(obligations().map(({ id }) => id));
    expect(report.scenarios.length).toBeGreaterThan(100);
    expect(exitCode).toBe(0);
  });

  it('has a defect for every obligation', () => {
    expect(specimens.map((name) => name.slice('breaks-'.length)).sort()).toEqual(
      obligations().map(({ id }) => id),
    );
  });

  it.each(specimens)('%s is caught by its own obligation alone', async (specimen) => {
    const { exitCode, report } = await examine(specimen);
    expect(withVerdict(report, 'fail')).toEqual([specimen.slice('breaks-'.length)]);
    expect(exitCode).toBe(1);
  });
});
