/** Finds, reads and writes the baseline: which file, and what is in it after a run. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import type { Report } from '../judge/verdict.ts';
import { readBaseline, updateBaseline, type Known, type Waiver } from '../plan/baseline.ts';
import type { Config } from '../plan/config.ts';
import type { MistakeNote } from '../plan/mistake.ts';
import { readText } from './files.ts';
import type { Io } from './io.ts';
import { writeFileOrComplain } from './write-file.ts';

/** Taken where it stands beside the config and nothing else is named. */
export const usualBaseline = 'coex.baseline.yaml';

export interface Baseline {
  /** Absolute. */
  readonly file: string;
  readonly shown: string;
  readonly waivers: readonly Waiver[];
}

/**
 * @param flags - the command line's file wins over the config's; one that is to be written need not be there yet
 * @throws Mistake where a file that was named is not there, or is wrong
 */
export function findBaseline(
  { baseline: given, updateBaseline }: { readonly baseline?: string; readonly updateBaseline?: boolean },
  config: Config & { readonly folder: string },
  io: Pick<Io, 'cwd'>,
  known: Known,
): Baseline {
  const named = given === undefined ? config.baseline : undefined;
  const file =
    given === undefined ? path.resolve(config.folder, named ?? usualBaseline) : path.resolve(io.cwd, given);
  const shown = given ?? path.relative(io.cwd, file);
  const isWanted = (given !== undefined || named !== undefined) && updateBaseline !== true;
  if (!isWanted && !existsSync(file)) return { file, shown, waivers: [] };
  return { file, shown, waivers: readBaseline(readText(file, shown), shown, known) };
}

const heading = `# Broken obligations that are known, each with a reason and the day on which it counts again. An entry that is kept, or
# whose day has come, fails the run. Rewritten by: coex run --update-baseline
`;

/** Writes what fails now; reasons that were given stay. @returns what could not be written */
export function writeBaseline(
  { file, shown, waivers }: Baseline,
  report: Report,
  io: Io,
): readonly MistakeNote[] {
  const pairs = report.scenarios.flatMap(({ id: scenario, obligations }) =>
    obligations.map(({ id: obligation, verdict }) => ({ obligation, scenario, verdict })),
  );
  const failed = pairs.filter(({ verdict }) => verdict === 'fail' || verdict === 'waived');
  const played = pairs.filter(({ verdict }) => verdict !== 'not-observed' && verdict !== 'inconclusive');
  const today = new Date(io.nowMs()).toISOString().slice(0, 10);
  const name = ({ obligation, scenario }: (typeof pairs)[number]) => ({ obligation, scenario });
  const entries = updateBaseline(waivers, failed.map(name), played.map(name), today);
  const complaints = writeFileOrComplain(file, `${heading}${stringify(entries)}`, '--update-baseline');
  if (complaints.length > 0) return complaints;
  io.err.write(
    `${shown}: ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}. Give each a reason.\n`,
  );
  return [];
}
