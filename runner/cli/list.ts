/** `coex list scenarios`, `obligations`, `sets`, `failures`, `errors`, and `coex list --fidelity`. */
import { errorCatalogue, obligationIds, obligations } from '../../contracts/catalogue.ts';
import { failureModes, obligationSets } from '../../contracts/obligation-sets.ts';
import { suggest } from '../../scenarios/language/suggest.ts';
import { hint, Mistake } from '../plan/mistake.ts';
import { libraryFiles, loadScenarios } from './files.ts';
import { fidelityLines, fidelityPage } from './fidelity.ts';
import type { ExitCode, Io } from './io.ts';

const lists: Readonly<Record<string, (io: Io) => readonly (readonly [string, string])[]>> = {
  scenarios: (io) => loadScenarios(libraryFiles(io.cwd), obligationIds()).map(({ id, title }) => [id, title]),
  obligations: () =>
    obligations().map(({ id, level, profile, statement }) => [
      id,
      `${level.padEnd(6)} ${profile.padEnd(10)} ${statement}`,
    ]),
  sets: () =>
    obligationSets().map(({ set, title, demands, 'not-scored': notScored }) => [
      set,
      `${title}: ${Object.values(demands).flat().length} demanded, ${Object.keys(notScored).length} not scored`,
    ]),
  failures: () =>
    failureModes().map(({ code, what, obligations: shown, unscored }) => [
      code,
      `${what} → ${shown?.join(', ') ?? `not scored: ${unscored ?? ''}`}`,
    ]),
  errors: () =>
    errorCatalogue()
      .toSorted((a, b) => a.code - b.code || (a.subcode ?? 0) - (b.subcode ?? 0))
      .map(({ code, subcode, side, evidence, title, userTitle }) => [
        subcode === undefined ? String(code) : `${code}/${subcode}`,
        `${side.padEnd(6)} ${evidence.padEnd(10)} ${userTitle ?? title}`,
      ]),
};

export interface ListFlags {
  /** The register of fidelity. */
  readonly fidelity?: boolean;
  /** As the page of the documentation has it. */
  readonly markdown?: boolean;
}

/** One line each: id, then what it is. */
export async function list(what: string | undefined, flags: ListFlags, io: Io): Promise<ExitCode> {
  if (flags.fidelity === true) return listFidelity(flags, io);
  if (what === undefined)
    throw new Mistake({
      message: 'What is to be listed?',
      hint: `One of ${Object.keys(lists).join(', ')}, or --fidelity.`,
    });
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

async function listFidelity({ markdown }: ListFlags, io: Io): Promise<ExitCode> {
  const { fidelityRegister } = await import('../../simulator/index.ts');
  const rows = fidelityRegister();
  io.out.write(markdown === true ? fidelityPage(rows) : fidelityLines(rows));
  return 0;
}
