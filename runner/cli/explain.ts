/** `coex explain <id>`: all there is to know of an obligation or a scenario. */
import { obligations, type Obligation } from '../../contracts/catalogue.ts';
import type { Scenario } from '../../scenarios/language/scenario.ts';
import { suggest } from '../../scenarios/language/suggest.ts';
import { hint, Mistake } from '../plan/mistake.ts';
import { libraryFiles, loadScenarios } from './files.ts';
import type { ExitCode, Io } from './io.ts';

export function explain(id: string, io: Io): ExitCode {
  const all = obligations();
  const scenarios = loadScenarios(
    libraryFiles(io.cwd),
    all.map((one) => one.id),
  );
  const obligation = all.find((one) => one.id === id);
  const scenario = scenarios.find((one) => one.id === id);
  if (obligation) io.out.write(explainObligation(obligation, scenarios));
  else if (scenario) io.out.write(explainScenario(scenario));
  else
    throw unknown(
      id,
      [...all, ...scenarios].map((one) => one.id),
    );
  return 0;
}

const unknown = (id: string, known: readonly string[]): Mistake =>
  new Mistake({
    message: `There is neither an obligation nor a scenario “${id}”.`,
    ...hint(suggest(id, known) ?? 'See coex list obligations and coex list scenarios.'),
  });

function explainObligation(one: Obligation, scenarios: readonly Scenario[]): string {
  const provenBy = scenarios.filter(({ obligations: ids }) => ids.includes(one.id)).map(({ id }) => id);
  const { source } = one;
  return table([
    [one.id, `${one.level}, binds the profile ${one.profile}`],
    ['rule', one.statement],
    ['why', one.why],
    ['source', [source.evidence, source.page, source.url].filter((part) => part !== undefined).join(' · ')],
    ['observed', one.observed],
    ['control', one.control],
    ['mend', one.fix],
    ['scenarios', provenBy.length === 0 ? 'none' : provenBy.join('\n')],
  ]);
}

const explainScenario = (one: Scenario): string =>
  table([
    [one.id, one.title],
    ['about', one.about ?? ''],
    ['file', one.file],
    ['proves', one.obligations.length === 0 ? 'nothing; it shows the platform' : one.obligations.join('\n')],
    ['steps', one.steps.map((step) => step.does).join(' → ')],
    ['replay', `npx coex run ${one.file}`],
  ]);

/** The first row is the title; the others stand in two columns. */
const table = ([title, ...rows]: readonly (readonly [string, string])[]): string =>
  [
    title?.join('  '),
    '',
    ...rows
      .filter(([, text]) => text !== '')
      .map(([name, text]) => `  ${name.padEnd(10)}${text.trim().replaceAll('\n', `\n${' '.repeat(12)}`)}`),
    '',
  ].join('\n');
