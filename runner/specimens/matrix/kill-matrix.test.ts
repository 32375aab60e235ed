/**
 * The judge is judged: the conforming system keeps every obligation of the whole library, and each defect is caught by
 * its own obligation, and by no other that nobody explains.
 *
 * What a defect makes impossible to tell (an app that never subscribes gets no webhooks) shows as inconclusive, which
 * is no accusation.
 */
import { describe, expect, it, test } from 'vitest';
import { obligations } from '../../../contracts/catalogue.ts';
import { defects } from '../defect.ts';
import { examine, withVerdict } from './examine.ts';
import { falseAlarms } from './grids.ts';
import { conformingSystems, isKilled, killMatrix, lookAgain, unexplained, type Kill } from './kill-matrix.ts';

const catalogue = (): string[] => obligations().map(({ id }) => id);

test('there is a defect for every obligation, and for nothing else', () => {
  expect(defects()).toEqual(catalogue());
});

describe('the kill matrix', { timeout: 900_000 }, () => {
  it('has the conforming system keep every obligation there is', async () => {
    const { exitCode, report } = await examine({ folder: 'conforming' });
    expect(withVerdict(report, 'pass').sort()).toEqual(catalogue());
    expect(exitCode).toBe(0);
  });

  it('has systems that were built otherwise keep all they claim', async () => {
    const kept: Record<string, number> = {};
    for (const folder of conformingSystems.slice(1)) {
      const { exitCode, report } = await examine({ folder });
      expect(falseAlarms(report), folder).toEqual([]);
      expect(exitCode, folder).toBe(0);
      kept[folder] = withVerdict(report, 'pass').length;
    }
    // The second has no signup of its own, so that what follows from one cannot be seen of it.
    expect(kept).toEqual({ 'by-event-log': catalogue().length, 'by-files': 73 });
  });

  it('has each defect caught by its own obligation, and all else explained', async () => {
    const first = await killMatrix();
    const doubtful = first.filter((kill) => faultsOf(kill)).map(({ obligation }) => obligation);
    // More than a few are no accident of the machine, and are told as they are.
    const again = doubtful.length > mostDoubtful ? [] : await lookAgain(doubtful);
    const kills = first.map((kill) => again.find((one) => one.obligation === kill.obligation) ?? kill);
    const caught = kills.filter(isKilled).length;
    console.log(`Defects caught by their own obligation: ${caught} of ${kills.length}.`);
    expect(kills.map(faultsOf).filter((faults) => faults !== undefined)).toEqual([]);
    expect(caught).toBe(catalogue().length);
  });
});

/** Rows that are looked at once more, alone. */
const mostDoubtful = 4;

/** What is wrong with a row: it was missed, it failed what nobody explains, or an explanation is out of date. */
function faultsOf(kill: Kill): object | undefined {
  const { obligation, failed, untold, collateral } = kill;
  const missed = failed.includes(obligation) ? [] : [obligation];
  const told = [...failed, ...untold];
  const outdated = Object.keys(collateral).filter((id) => !told.includes(id));
  const faults = { obligation, missed, unexplained: unexplained(kill), outdated };
  return [...missed, ...faults.unexplained, ...outdated].length > 0 ? faults : undefined;
}
