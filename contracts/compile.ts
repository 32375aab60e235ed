/**
 * Where the package is and how its schemas are compiled: lazily, once, with Ajv loaded on the first of them, so that
 * importing this costs next to nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as AjvModule from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv/dist/2020.js';

const require = createRequire(import.meta.url);

/** What Meta answers where a schema is broken, if it is not one of the general sentences of code 100. */
export interface ContractRefusal {
  readonly code: number;
  /** Text after `(#code) `; missing: the message `errors.json` has for the code. */
  readonly message?: string;
  readonly details?: string;
}

/** One way in which data differs from its contract. */
export interface ContractFinding {
  /** JSON pointer to the value that is wrong; empty for the whole. */
  readonly pointer: string;
  readonly message: string;
  /** The schema keyword that failed: `required`, `enum`, `maxLength` … */
  readonly keyword: string;
  /** What Ajv says of the keyword: `missingProperty`, `allowedValues`, `limit`, `additionalProperty` … */
  readonly params: Readonly<Record<string, unknown>>;
  /** `x-refusal` of the schema that failed. */
  readonly refusal?: ContractRefusal;
}

/** Compares data with a contract; no findings: it keeps it. Never throws on data, never changes it. */
export type Validate = (data: unknown) => readonly ContractFinding[];

/** How many findings are wanted: the first, as Meta reports one of a request, or all there are. */
export type Wanted = 'first' | 'all';

let root: string | undefined;

/**
 * The directory of the coex package, from its sources or from `dist`.
 *
 * @throws if no `package.json` above this file names coex, which is a broken installation
 */
export function packageRoot(): string {
  root ??= findRoot(path.dirname(fileURLToPath(import.meta.url)));
  return root;
}

function findRoot(directory: string): string {
  const manifest = path.join(directory, 'package.json');
  if (existsSync(manifest) && isCoex(readFileSync(manifest, 'utf8'))) return directory;
  const parent = path.dirname(directory);
  if (parent === directory) throw new Error('The package coex was not found above its own files.');
  return findRoot(parent);
}

const isCoex = (manifest: string): boolean => (JSON.parse(manifest) as { name?: unknown }).name === 'coex';

/** The absolute path of a file that is named from the package's root. */
export const inRoot = (file: string): string => path.join(packageRoot(), file);

/** A schema of the package as it stands in its file: for editors, and for finding out which key was meant. */
export const readSchema = (file: string): object => JSON.parse(readFileSync(inRoot(file), 'utf8')) as object;

type Compiler = ReturnType<typeof createCompiler>;
const compilers = new Map<Wanted, Compiler>();
const validators = new Map<string, Validate>();
const none: readonly ContractFinding[] = [];

function createCompiler(wanted: Wanted) {
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof AjvModule;
  const ajv = new Ajv2020({
    strict: true,
    // `required` stands apart from `properties` in conditions, which is no mistake.
    strictRequired: false,
    allowUnionTypes: true,
    allErrors: wanted === 'all',
    // The schemas are held to the meta-schema by a test; compiling that one here would cost more than all of ours.
    validateSchema: false,
    meta: false,
    // Halves the time of the first use; V8 makes up for it while running.
    code: { optimize: false },
    // Brings the failing schema, and its `x-refusal`, to the finding; costs nothing while data is right.
    verbose: true,
  });
  ajv.addVocabulary(['x-refusal', 'x-evidence', 'x-source']);
  ajv.addKeyword({ keyword: 'x-distinct', type: 'array', schemaType: 'array', validate: isDistinct });
  ajv.addKeyword({ keyword: 'x-total', type: 'array', schemaType: 'object', validate: isWithinTotal });
  return ajv;
}

/** `x-distinct`: no two items hold the same value at this path of keys. Items without one are let be. */
function isDistinct(keys: readonly string[], items: readonly unknown[]): boolean {
  const values = items.map((item) => keys.reduce(valueAt, item)).filter((value) => value !== undefined);
  return new Set(values).size === values.length;
}

/** `x-total`: the lists under `of`, over all items, hold `maximum` entries at most. */
function isWithinTotal(limit: { readonly of: string; readonly maximum: number }, items: readonly unknown[]) {
  const lists = items.map((item) => valueAt(item, limit.of));
  return (
    lists.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0) <= limit.maximum
  );
}

const valueAt = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;

/**
 * A validator for any schema of the package. A relative `$ref` names another file from the file it stands in.
 *
 * @param file - path from the package's root
 * @throws on a file that is missing or no schema; that is our fault, never the data's
 */
export function schemaValidator(file: string, wanted: Wanted = 'all'): Validate {
  const key = `${wanted} ${file}`;
  let validator = validators.get(key);
  if (!validator) validators.set(key, (validator = compile(file, wanted)));
  return validator;
}

function compile(file: string, wanted: Wanted): Validate {
  let ajv = compilers.get(wanted);
  if (!ajv) compilers.set(wanted, (ajv = createCompiler(wanted)));
  const validate = ajv.getSchema(addSchema(ajv, file));
  if (!validate) throw new Error(`${file} did not compile.`);
  return (data) => (validate(data) === true ? none : findingsOf(validate.errors ?? [], wanted));
}

const toUrl = (file: string): string => `coex://package/${file.split(path.sep).join('/')}`;

/** Registers a schema and all it refers to; returns the name it goes by. */
function addSchema(ajv: Compiler, file: string): string {
  const url = toUrl(file);
  if (ajv.schemas[url]) return url;
  const text = readFileSync(inRoot(file), 'utf8');
  ajv.addSchema(JSON.parse(text) as object, url);
  for (const [, reference] of text.matchAll(/"\$ref":\s*"([^"#]+)/g))
    addSchema(ajv, path.join(path.dirname(file), reference ?? ''));
  return url;
}

/** Ajv's errors as findings. */
export function findingsOf(errors: readonly ErrorObject[], wanted: Wanted): readonly ContractFinding[] {
  const kept = wanted === 'first' ? errors.slice(0, 1) : errors;
  return kept.map(({ instancePath, message, keyword, params, parentSchema }) => {
    const refusal = (parentSchema as { readonly 'x-refusal'?: ContractRefusal } | undefined)?.['x-refusal'];
    const found = { pointer: instancePath, message: message ?? keyword, keyword, params };
    return refusal ? { ...found, refusal } : found;
  });
}
