/** `coex list scenarios` and `coex list obligations`. */
import { obligations } from '../../contracts/catalogue.ts';
import { suggest } from '../../scenarios/language/suggest.ts';
import { hint, Mistake } from '../plan/mistake.ts';
import { libraryFiles, loadScenarios } from './files.ts';
import type { ExitCode, Io } from './io.ts';

const lists: Readonly<Record<string, (io: Io) => readonly (readonly [string, string])[]>> = {
  scenarios: (io) =>
    loadScenarios(
      libraryFiles(io.cwd),
      obligations().map(({ id }) => id),
    ).map(({ id, title }) => [id, title]),
  obligations: () =>
    obligations().map(({ id, level, profile, statement }) => [
      id,
      `${level.padEnd(6)} ${profile.padEnd(10)} ${statement}`,
    ]),
};

/** One line each: id, then what it is. */
export function list(what: string, io: Io): ExitCode {
  const rows = lists[what]?.(io);
  if (!rows)
    throw new Mistake({
      message: `There is no list of “${what}”.`,
      ...hint(suggest(what, Object.keys(lists))),
    });
  const width = Math.max(0, ...rows.map(([id]) => id.length));
  for (const [id, text] of rows) io.out.write(`${id.padEnd(width)}  ${text}\n`);
  return 0;
}
