/** Text to scenario, or to everything that is wrong with the text. */
import { LineCounter, parseDocument, type Document, type YAMLError } from 'yaml';
import { sortDiagnostics, type Diagnostic } from './diagnostics.ts';
import { readMatrix } from './matrix.ts';
import { createReading, listOf, text, type Place, type Read, type Reading, type Value } from './read.ts';
import { resolveRoles, unproven } from './roles.ts';
import type { ContactSetup, HistorySetup, Scenario } from './scenario.ts';
import {
  obligationList,
  readAnchor,
  readNeeds,
  readBehaviour,
  readContacts,
  readCustomers,
  readHistory,
  readNeighbour,
  readNumber,
  usualHistory,
  usualNumber,
} from './setup.ts';
import { defaulted, optional, readLoosely, required, type Shape, type Values } from './shape.ts';
import { readStep, type Drafted } from './steps/index.ts';

/** Either a scenario, or at least one diagnostic; sorted by place. */
export type ParsedScenario =
  { readonly scenario: Scenario } | { readonly diagnostics: readonly Diagnostic[] };

/** What a scenario may refer to that lives outside of it. */
export interface Known {
  /** Ids of the obligations there are. */
  readonly obligations: ReadonlySet<string>;
  /** Names of messages that were sent before, where the text goes on from an earlier one. */
  readonly messages?: Iterable<string>;
  /** Customers that are there already, beside those the text makes. */
  readonly customers?: Iterable<string>;
}

/** Longest file, in UTF-16 units; a scenario is about 35 lines. */
export const longestScenario = 1_048_576;

/** Most steps of one scenario. */
const mostSteps = 1_000;

/** Taken as it is, to be read after the keys it depends on. */
const raw: Read<Value> = (value) => value;

/** The keys of a scenario, in the order in which they are read: names before what refers to them. */
export const scenarioShape = {
  scenario: required(text),
  about: optional(text),
  obligations: defaulted(obligationList, []),
  number: defaulted(readNumber, usualNumber),
  neighbour: optional(readNeighbour),
  customers: optional(raw),
  history: optional(raw),
  contacts: optional(raw),
  behaviour: defaulted(readBehaviour, {}),
  matrix: optional(readMatrix),
  anchor: defaulted(readAnchor, 'end'),
  needs: optional(readNeeds),
  steps: required(raw),
} as const satisfies Shape;

/**
 * Reads a scenario.
 *
 * @param source - the file's text
 * @param file - as diagnostics name it
 * @param id - path below the scenario folder, without extension
 */
export function parseScenario(source: string, file: string, id: string, known: Known): ParsedScenario {
  if (source.length > longestScenario)
    return { diagnostics: [atStart(file, 'too-large', 'A scenario is at most 1 MB.')] };
  const lines = new LineCounter();
  const document = compose(source, lines);
  if (!document)
    return { diagnostics: [atStart(file, 'yaml-syntax', 'The file is nested too deeply to be read.')] };
  const broken = [...document.errors, ...document.warnings].map((error) =>
    syntaxDiagnostic(error, file, lines),
  );
  if (broken.length > 0) return { diagnostics: sortDiagnostics(broken) };

  const diagnostics: Diagnostic[] = [];
  const messages = new Map([...(known.messages ?? [])].map((name) => [name, undefined]));
  const names = {
    customers: new Set(known.customers),
    messages,
    places: new Set<'neighbour'>(),
    fields: new Set<string>(),
    obligations: known.obligations,
  };
  const reading = createReading(document, lines, file, names, diagnostics);
  const scenario = readScenario(document, reading, file, id);
  return scenario && diagnostics.length === 0 ? { scenario } : { diagnostics: sortDiagnostics(diagnostics) };
}

/** `undefined` where the text is nested so deeply that the YAML reader runs out of stack. */
function compose(source: string, lineCounter: LineCounter): Document | undefined {
  try {
    return parseDocument(source, { lineCounter, prettyErrors: false });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const atStart = (file: string, code: Diagnostic['code'], message: string): Diagnostic => ({
  code,
  file,
  line: 1,
  column: 1,
  length: 1,
  message,
});

function syntaxDiagnostic(error: YAMLError, file: string, lines: LineCounter): Diagnostic {
  const { line, col } = lines.linePos(error.pos[0]);
  const place = { file, line, column: col, length: Math.max(1, error.pos[1] - error.pos[0]) };
  return error.code === 'MULTIPLE_DOCS'
    ? {
        code: 'several-documents',
        ...place,
        message: 'A file holds one scenario; a second document begins here.',
      }
    : { code: 'yaml-syntax', ...place, message: error.message };
}

function readScenario(document: Document, reading: Reading, file: string, id: string): Scenario | null {
  const top: Place = { start: 0, end: 0 };
  // Whatever is wrong at the top, the steps are read too, so that one run shows all mistakes.
  const map = readLoosely(
    scenarioShape,
    'The scenario',
    reading.valueOf(document.contents, top),
    top,
    reading,
  );
  if (!map) return null;
  const { scenario: title = '', about, number = usualNumber, behaviour = {}, anchor = 'end' } = map.values;
  const { obligations = [] } = map.values;
  const customers = map.values.customers ? readCustomers(map.values.customers, number.country, reading) : {};
  const rest = readRest(map.values, reading);
  const steps = rest && resolveRoles(rest.drafted, obligations, reading);
  if (!steps) return null;
  for (const missing of unproven(steps, obligations))
    reading.report(
      'unproven-obligation',
      map.placeOfKey('obligations'),
      `No expectation of this scenario proves “${missing}”.`,
      'Expect something after the last control, or write “proves:” on an expectation.',
    );
  const { history, contacts } = rest;
  const setup = { obligations, number, customers, history, contacts, behaviour, anchor };
  const { neighbour, matrix, needs } = map.values;
  const optionals = {
    ...(matrix !== undefined && { matrix }),
    ...(about !== undefined && { about }),
    ...(neighbour !== undefined && { neighbour }),
    ...(needs !== undefined && { needs }),
  };
  return { id, file, title, ...optionals, ...setup, steps };
}

interface Rest {
  readonly history: HistorySetup;
  readonly contacts: readonly ContactSetup[];
  readonly drafted: readonly Drafted[];
}

/** What may refer to customers. */
function readRest(values: Partial<Values<typeof scenarioShape>>, reading: Reading): Rest | null {
  const history = values.history ? readHistory(values.history, reading) : usualHistory;
  const contacts = values.contacts ? readContacts(values.contacts, reading) : [];
  const drafted = values.steps && listOf(readStep, mostSteps)(values.steps, reading);
  if (values.steps && drafted?.length === 0)
    reading.report('missing-key', values.steps.place, 'A scenario has at least one step.');
  return history && contacts && drafted ? { history, contacts, drafted } : null;
}
