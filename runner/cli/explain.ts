/** `coex explain <id>`: all there is to know of an obligation, a scenario or an error. */
import {
  errorCatalogue,
  obligations,
  type CatalogueError,
  type Obligation,
} from '../../contracts/catalogue.ts';
import { failureModes, obligationSets } from '../../contracts/obligation-sets.ts';
import { selectorOf, variantMark } from '../../scenarios/language/matrix.ts';
import type { Scenario } from '../../scenarios/language/scenario.ts';
import { suggest } from '../../scenarios/language/suggest.ts';
import { hint, Mistake } from '../plan/mistake.ts';
import { explainConfig } from './explain-config.ts';
import { libraryFiles, loadScenarios } from './files.ts';
import type { ExitCode, Io } from './io.ts';

export function explain(id: string, io: Io): ExitCode {
  if (id === 'config') {
    io.out.write(explainConfig());
    return 0;
  }
  const found = errorsOf(id);
  if (found.length > 0) {
    io.out.write(found.map(explainError).join('\n'));
    return 0;
  }
  const all = obligations();
  const scenarios = loadScenarios(
    libraryFiles(io.cwd),
    all.map((one) => one.id),
  );
  const obligation = all.find((one) => one.id === id);
  const shown = scenarios.filter((one) => one.id === id || one.id.startsWith(`${id}${variantMark}`));
  if (obligation) io.out.write(explainObligation(obligation, scenarios));
  else if (shown.length > 0) io.out.write(shown.map(explainScenario).join('\n'));
  else
    throw unknown(
      id,
      [...all, ...scenarios].map((one) => one.id),
    );
  return 0;
}

/** By code, `131047`, by code and subcode, `100/33`, or by a subcode alone. */
function errorsOf(id: string): readonly CatalogueError[] {
  const [code, subcode] = id.split('/');
  return errorCatalogue().filter((one) =>
    subcode === undefined
      ? String(one.code) === code || String(one.subcode) === code
      : String(one.code) === code && String(one.subcode) === subcode,
  );
}

const sides = {
  sync: 'an answer',
  async: 'the status of a message, or another webhook',
  both: 'an answer, or a status',
};

const explainError = (one: CatalogueError): string =>
  table([
    [one.subcode === undefined ? String(one.code) : `${one.code}/${one.subcode}`, one.userTitle ?? one.title],
    ['message', one.bare ? one.title : `(#${one.code}) ${one.title}`],
    ['details', one.details ?? ''],
    ['meaning', one.meaning],
    ['mend', one.wayOut],
    [
      'comes as',
      `${sides[one.side]}; HTTP ${one.httpStatus}${one.transient ? '; the same request may succeed later' : ''}`,
    ],
    ['source', `${one.evidence} · ${one.source}`],
    [
      'order it',
      `graph.refuse: { edge: messages, code: ${one.code}${one.subcode === undefined ? '' : `, subcode: ${one.subcode}`} }`,
    ],
  ]);

const unknown = (id: string, known: readonly string[]): Mistake =>
  new Mistake({
    message: `There is neither an obligation nor a scenario nor an error “${id}”.`,
    ...hint(suggest(id, known) ?? 'See coex list obligations, coex list scenarios and coex list errors.'),
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
    ['failures', failuresOf(one.id).join('\n')],
    ['sets', setsOf(one.id).join('\n')],
  ]);
}

/** What went wrong in real integrations and would have been shown by it. */
const failuresOf = (id: string): readonly string[] =>
  failureModes()
    .filter(({ obligations: shown }) => shown?.includes(id))
    .map(({ code, what }) => `${code} ${what}`);

/** In which sets it is demanded, or why it is not. */
const setsOf = (id: string): readonly string[] =>
  obligationSets().flatMap(({ set, demands, 'not-scored': notScored }) => {
    if (Object.values(demands).some((members) => members.includes(id))) return [`${set} demands it`];
    const reason = notScored[id];
    return reason === undefined ? [] : [`${set} does not score it: ${reason}`];
  });

const explainScenario = (one: Scenario): string =>
  table([
    [one.id, one.title],
    ['about', one.about ?? ''],
    ['file', one.file],
    ['proves', one.obligations.length === 0 ? 'nothing; it shows the platform' : one.obligations.join('\n')],
    ['behaviour', listed(one.behaviour)],
    ['steps', one.steps.map((step) => step.does).join(' → ')],
    ['replay', `npx coex run ${selectorOf(one)}`],
  ]);

const listed = (behaviour: Scenario['behaviour']): string =>
  Object.entries(behaviour)
    .map(([name, setting]) => `${name}: ${setting}`)
    .join('\n');

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
