/** The door to the contracts: finds and lists them. Everything else in this room but `compile.ts` is data. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as YamlModule from 'yaml';
import { inRoot, schemaValidator, type Validate, type Wanted } from './compile.ts';

export { packageRoot, readSchema, schemaValidator } from './compile.ts';
export type { ContractFinding, ContractRefusal, Validate } from './compile.ts';

const require = createRequire(import.meta.url);

/** How sure we are of what we say about WhatsApp: Meta's page, a recording or client code, or our own choice. */
export type Evidence = 'documented' | 'observed' | 'assumed';

/** A refusal of one Graph edge, as `errors.json` lists it. */
export interface GraphError {
  readonly code: number;
  readonly subcode?: number;
  readonly httpStatus: number;
  readonly type: 'OAuthException' | 'GraphMethodException';
  /** Text after `(#code) `, or the whole text where `bare` is set. */
  readonly message: string;
  readonly bare?: boolean;
  readonly details?: string;
  readonly userTitle?: string;
  readonly userMessage?: string;
  readonly isTransient?: boolean;
  /** The settings of `simulator/core/behaviour.ts` under which it is given; missing: by default. */
  readonly behaviour?: Readonly<Record<string, string | number | boolean>>;
  readonly evidence: Evidence;
  readonly source: string;
  readonly when: string;
}

/** What a system under test has to do. */
export interface Obligation {
  readonly id: string;
  /** One sentence with MUST or SHOULD. */
  readonly statement: string;
  readonly level: 'MUST' | 'SHOULD';
  /** The kind of system it binds. */
  readonly profile: 'receiver' | 'sender' | 'automation' | 'inbox' | 'onboarder';
  /** What a real user loses where it is broken. */
  readonly why: string;
  readonly source: { readonly page: string; readonly url?: string; readonly evidence: Evidence };
  /** How it is seen from outside. */
  readonly observed: string;
  /** Its positive control: what shows that the system was at work. */
  readonly control: string;
  /** How to mend a system that fails. */
  readonly fix: string;
}

/** Methods that one folder of contracts may cover. */
export type GraphMethod = 'GET' | 'POST' | 'DELETE';

const inContracts = (...parts: readonly string[]): string => path.join('contracts', ...parts);
const edges = new Map<string, Validate>();

function edgeValidator(contract: string, names: readonly string[], wanted: Wanted): Validate {
  const key = `${contract} ${names.join(' ')}`;
  let validator = edges.get(key);
  if (!validator) {
    const files = names.map((name) => inContracts('graph', contract, name));
    const file = files.find((candidate) => existsSync(inRoot(candidate)));
    if (!file) throw new Error(`The contract “${contract}” has no ${names.join(' and no ')}.`);
    edges.set(key, (validator = schemaValidator(file, wanted)));
  }
  return validator;
}

const parametersOf: Record<GraphMethod, readonly string[]> = {
  POST: ['request.schema.json'],
  GET: ['query.schema.json', 'request.schema.json'],
  DELETE: ['removal.schema.json', '../delete.schema.json'],
};

const answersOf: Record<GraphMethod, readonly string[]> = {
  POST: ['response.schema.json'],
  GET: ['read.schema.json', 'response.schema.json'],
  DELETE: ['removed.schema.json', '../success.schema.json'],
};

/**
 * What Meta takes as the parameters of a request; at most one finding. Unknown keys are no finding at the top level,
 * and are one below it.
 *
 * @param contract - a name of {@link graphContracts}
 * @param method - a GET is held to `query.schema.json` where there is one; a DELETE to `removal.schema.json`, else only to being
 *   an object
 * @throws on a contract that does not exist
 */
export const requestValidator = (contract: string, method: GraphMethod = 'POST'): Validate =>
  edgeValidator(contract, parametersOf[method], 'first');

/**
 * What Meta answers with HTTP 200; unknown keys are findings.
 *
 * @param method - a GET is held to `read.schema.json` where there is one, a DELETE to `removed.schema.json`, else to
 *   `{"success": true}`
 * @throws on a contract that does not exist
 */
export const responseValidator = (contract: string, method: GraphMethod = 'POST'): Validate =>
  edgeValidator(contract, answersOf[method], 'all');

/** `change.value` of a webhook field, by its wire name: `smb_message_echoes`. */
export const webhookValidator = (field: string): Validate =>
  schemaValidator(inContracts('webhooks', field.replaceAll('_', '-'), 'payload.schema.json'));

/** The body of a webhook around its values: `object`, `entry`, `changes`. */
export const envelopeValidator = (): Validate =>
  schemaValidator(inContracts('webhooks', 'envelope.schema.json'));

/** The body of every refusal of the Graph API. */
export const errorValidator = (): Validate => schemaValidator(inContracts('graph', 'error.schema.json'));

/** A `coex.config.yaml` after parsing. */
export const configValidator = (): Validate => schemaValidator(inContracts('config.schema.json'));

/** Finds what is no certificate of `coex certify`. */
export const certificateValidator = (): Validate => schemaValidator(inContracts('certificate.schema.json'));

/** Finds what is no report of `coex run`. */
export const reportValidator = (): Validate => schemaValidator(inContracts('report.schema.json'));

const folders = (parent: string): readonly string[] =>
  readdirSync(inRoot(inContracts(parent)), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'examples')
    .map((entry) => entry.name)
    .sort();

/** Names of the Graph contracts: the folders below `contracts/graph`. */
export const graphContracts = (): readonly string[] => folders('graph');

/** Wire names of the webhook fields that have a contract. */
export const webhookFields = (): readonly string[] =>
  folders('webhooks').map((name) => name.replaceAll('-', '_'));

/** A value that a webhook of a field may have. */
export interface WebhookExample {
  readonly field: string;
  /** `text`, `status-failed`. */
  readonly name: string;
  /** A copy of its own for each caller. */
  readonly read: () => unknown;
}

/** The examples of every field, those that are broken on purpose left out. */
export const webhookExamples = (): readonly WebhookExample[] =>
  webhookFields().flatMap((field) => {
    const folder = inRoot(inContracts('webhooks', field.replaceAll('_', '-'), 'examples'));
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((file) => file.endsWith('.json') && !file.startsWith('broken-'))
      .sort()
      .map((file) => ({
        field,
        name: file.replace(/\.json$/, ''),
        read: () => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as unknown,
      }));
  });

/** What a folder of contracts says of its own sources. */
export interface ContractSource {
  /** Pages or recordings. */
  readonly page: string;
  /** When they were written or read, as far as it is known: `September 2026`; the latest where there are several. */
  readonly read: string;
  readonly evidence: Evidence;
  /** WhatsApp refuses it to numbers that are in the app as well. */
  readonly refusedInCoexistence: boolean;
}

/**
 * Reads `source.md` of a contract: its first paragraph begins `Page: …. Evidence: …`.
 *
 * @param room - `graph` or `webhooks`
 * @param folder - of the contract, in kebab-case
 * @throws where it does not begin so
 */
export function contractSource(room: 'graph' | 'webhooks', folder: string): ContractSource {
  const text = readFileSync(inRoot(inContracts(room, folder, 'source.md')), 'utf8').replace(/\s+/g, ' ');
  const [, page, evidence] = /Page: (.*?)\. Evidence: (documented|observed|assumed)/.exec(text) ?? [];
  if (page === undefined || evidence === undefined)
    throw new Error(`contracts/${room}/${folder}/source.md does not begin “Page: …. Evidence: …”.`);
  return {
    page,
    read: lastDate(page),
    evidence: evidence as Evidence,
    refusedInCoexistence: text.includes('On a coexistence number: refused'),
  };
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function lastDate(page: string): string {
  const dates = [...page.matchAll(/(?:([A-Z][a-z]+) )?(20\d\d)/g)].map(([, month = '', year = '']) => {
    const at = months.indexOf(month);
    return { text: at < 0 ? year : `${month} ${year}`, order: Number(year) * 12 + at };
  });
  const latest = dates.toSorted((a, b) => b.order - a.order)[0];
  if (!latest) throw new Error(`A source has no date: ${page}`);
  return latest.text;
}

/** Webhook fields of which only the name is known. */
export const unnamedFields = (): readonly { readonly field: string; readonly why: string }[] =>
  JSON.parse(readFileSync(inRoot(inContracts('webhooks', 'unnamed-fields.json')), 'utf8')) as readonly {
    field: string;
    why: string;
  }[];

const errorLists = new Map<string, readonly GraphError[]>();

function readErrors(folder: string): readonly GraphError[] {
  let list = errorLists.get(folder);
  if (!list) {
    const text = readFileSync(inRoot(inContracts('graph', folder, 'errors.json')), 'utf8');
    errorLists.set(folder, (list = JSON.parse(text) as readonly GraphError[]));
  }
  return list;
}

/** The refusals of one edge, every variant; those any edge can give are in {@link generalErrors}. */
export const graphErrors = (contract: string): readonly GraphError[] => readErrors(contract);

/** Refusals that any edge can give: tokens, permissions, limits, missing objects. */
export const generalErrors = (): readonly GraphError[] => readErrors('.');

/** One error of WhatsApp, wherever it comes from. */
export interface CatalogueError {
  readonly code: number;
  readonly subcode?: number;
  /** Of the answer, where the error comes as one. */
  readonly httpStatus: number;
  readonly type: 'OAuthException' | 'GraphMethodException';
  /** What follows `(#code) ` in an answer, or all of it where `bare` is set; the title of a status. */
  readonly title: string;
  readonly bare?: true;
  readonly details?: string;
  readonly userTitle?: string;
  readonly userMessage?: string;
  /** An answer, a `failed` status or other webhook, or either. */
  readonly side: 'sync' | 'async' | 'both';
  /** The same request may succeed later. */
  readonly transient: boolean;
  readonly meaning: string;
  readonly wayOut: string;
  readonly evidence: Evidence;
  readonly source: string;
}

let errors: readonly CatalogueError[] | undefined;

/** Every error that is known, by what it is about and in the order of its file. */
export function errorCatalogue(): readonly CatalogueError[] {
  errors ??= readdirSync(inRoot(inContracts('errors')))
    .filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'))
    .sort()
    .flatMap(
      (name) => JSON.parse(readFileSync(inRoot(inContracts('errors', name)), 'utf8')) as CatalogueError[],
    );
  return errors;
}

let ids: readonly string[] | undefined;
const read = new Map<string, Obligation>();

/** Ids of all obligations, sorted: their files' names, so that nothing has to be read. */
export function obligationIds(): readonly string[] {
  ids ??= readdirSync(inRoot(inContracts('obligations')))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace(/\.yaml$/, ''))
    .sort();
  return ids;
}

/** All obligations, by id. */
export const obligations = (): readonly Obligation[] => obligationIds().map(readObligation);

/** One obligation, or `undefined` where there is none of that id. */
export const obligation = (id: string): Obligation | undefined =>
  obligationIds().includes(id) ? readObligation(id) : undefined;

/** Those that a list names, by id; what is none is passed over. Reading a few is quicker than reading all. */
export const obligationsNamed = (named: Iterable<string>): readonly Obligation[] =>
  [...new Set(named)].sort().flatMap((id) => obligation(id) ?? []);

function readObligation(id: string): Obligation {
  let one = read.get(id);
  if (!one) {
    const { parse } = require('yaml') as typeof YamlModule;
    const file = inRoot(inContracts('obligations', `${id}.yaml`));
    read.set(id, (one = parse(readFileSync(file, 'utf8')) as Obligation));
  }
  return one;
}
