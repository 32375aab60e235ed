/** The kill matrix: every defect against the whole library, and who noticed. */
import PQueue from 'p-queue';
import { defects, loadDefect } from '../defect.ts';
import { examine, withVerdict } from './examine.ts';
import type { Report } from '../../judge/verdict.ts';

/** Systems without a defect, each built another way; the first is the one that defects are put into. */
export const conformingSystems = ['conforming', 'by-event-log', 'by-files'] as const;

/** One defect, and what the judge said of it. */
export interface Kill {
  readonly obligation: string;
  /** Obligations that the judge found broken. */
  readonly failed: readonly string[];
  /** Obligations of which nothing could be told. */
  readonly untold: readonly string[];
  /** Obligations that were expected to fail with it, and why. */
  readonly collateral: Readonly<Record<string, string>>;
  readonly report: Report;
}

/**
 * Most runs side by side: each spends most of its time in quiet waits, so that two cores have room for some.
 *
 * More of them would stretch the runs until real waits run out.
 */
export const atOnce = 4;

export async function examineDefect(obligation: string): Promise<Kill> {
  const { collateral = {} } = await loadDefect(obligation);
  const { report } = await examine({
    folder: 'conforming',
    defect: obligation,
    // That the simulator keeps its contracts shows in the run without a defect.
    args: ['--no-self-check'],
  });
  const untold = withVerdict(report, 'inconclusive');
  return { obligation, failed: withVerdict(report, 'fail'), untold, collateral, report };
}

/** All of them, in alphabetical order. */
export async function killMatrix(onKill: (kill: Kill) => void = () => undefined): Promise<readonly Kill[]> {
  const queue = new PQueue({ concurrency: atOnce });
  return Promise.all(
    defects().map((obligation) =>
      queue.add(async () => {
        const kill = await examineDefect(obligation);
        onKill(kill);
        return kill;
      }),
    ),
  );
}

/** Caught by its own obligation, and by none that nobody explains. */
export const isKilled = ({ obligation, failed, collateral }: Kill): boolean =>
  failed.includes(obligation) && unexplained({ obligation, failed, collateral }).length === 0;

/** Failures that nobody has explained. */
export const unexplained = ({
  obligation,
  failed,
  collateral,
}: Pick<Kill, 'obligation' | 'failed' | 'collateral'>): readonly string[] =>
  failed.filter((id) => id !== obligation && collateral[id] === undefined);
