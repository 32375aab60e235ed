/** The kill matrix: every defect against the whole library, and who noticed. */
import { defects, loadDefect } from '../defect.ts';
import { examineAll, withVerdict, type Crew, type Examination } from './examine.ts';
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

/** A process for each of two cores; their runs wait more than they work. */
const crew: Crew = { processes: 2, atOnce: 4 };

/** All of them, or those that are named, in the order of their names. */
export async function killMatrix(
  onKill: (kill: Kill) => void = () => undefined,
  names: readonly string[] = defects(),
  staff: Crew = crew,
): Promise<readonly Kill[]> {
  const loaded = await Promise.all(names.map(loadDefect));
  const killOf = ({ report }: Examination, index: number): Kill => ({
    obligation: names[index] ?? '',
    failed: withVerdict(report, 'fail'),
    untold: withVerdict(report, 'inconclusive'),
    collateral: loaded[index]?.collateral ?? {},
    report,
  });
  const subjects = names.map((defect) => ({
    folder: 'conforming',
    defect,
    // That the simulator keeps its contracts shows in the run without a defect.
    args: ['--no-self-check'],
  }));
  const results = await examineAll(subjects, staff, (result, index) => onKill(killOf(result, index)));
  return results.map(killOf);
}

/** One at a time, with nothing beside it: what a busy machine made of a row is gone then, and what is wrong is still wrong. */
export const lookAgain = (names: readonly string[]): Promise<readonly Kill[]> =>
  killMatrix(() => undefined, names, { processes: 1, atOnce: 1 });

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
