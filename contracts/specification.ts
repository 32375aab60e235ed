/**
 * Meta's published specification, as far as answering needs it: which operations there are, what they take and what
 * they answer. Read when the first question comes, compiled operation by operation.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as AjvModule from 'ajv/dist/2020.js';
import { findingsOf, inRoot, type Validate } from './compile.ts';

const require = createRequire(import.meta.url);

/** Meta's file, byte for byte. */
export const specificationFile = 'contracts/openapi/business-messaging-api_v23.0.yaml';
/** The same without prose; `npm run openapi` makes it. */
export const reducedFile = 'contracts/openapi/operations.json';

/** A JSON Schema, as plain data. */
export type Schema = Readonly<Record<string, unknown>>;

export interface ReducedOperation {
  /** Meta's `operationId`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Without the version: `/{WABA-ID}/solutions`. */
  readonly path: string;
  /** What the path's first segment stands for: `waba`. */
  readonly node: string;
  /** What follows it; a segment in braces stands for any one. */
  readonly edge: string;
  /** Of the query's parameters. */
  readonly query: Schema;
  /** Of the body, whatever its content type; missing where there is none. */
  readonly body?: Schema;
  /** Of the answer with HTTP 200; missing where Meta says nothing of it. */
  readonly answer?: Schema;
}

export interface ReducedSpecification {
  readonly operations: readonly ReducedOperation[];
  /** Schemas by name; `#/schemas/…` refers to them. */
  readonly schemas: Schema;
}

let specification: ReducedSpecification | undefined;

/** The whole of it; read on the first call. */
export const readSpecification = (): ReducedSpecification =>
  (specification ??= JSON.parse(readFileSync(inRoot(reducedFile), 'utf8')) as ReducedSpecification);

/** The schema that `#/schemas/Name` refers to. */
export const referredSchema = (reference: string): Schema =>
  (readSpecification().schemas[reference.slice('#/schemas/'.length)] ?? {}) as Schema;

type Part = 'query' | 'body' | 'answer';

const compilers = new Map<boolean, AjvModule.Ajv2020>();
const validators = new Map<string, Validate>();

/**
 * Compares data with what the specification says of one part of an operation; parameters that came as text are taken
 * for the numbers and truth values they stand for.
 *
 * @returns no findings where it says nothing of that part
 */
export function specificationValidator(operation: ReducedOperation, part: Part): Validate {
  const key = `${operation.id} ${part}`;
  let validator = validators.get(key);
  if (!validator) validators.set(key, (validator = compilePart(operation[part], part)));
  return validator;
}

function compilePart(schema: Schema | undefined, part: Part): Validate {
  if (!schema) return () => [];
  // What is asked may come as text; what is answered may not.
  const coerces = part !== 'answer';
  let compiler = compilers.get(coerces);
  if (!compiler) compilers.set(coerces, (compiler = createCompiler(coerces)));
  const validate = compiler.compile({ ...schema, schemas: readSpecification().schemas });
  return (data) => {
    // Ajv writes what it coerces into the data, which is the caller's.
    const own = coerces ? structuredClone(data) : data;
    return validate(own) ? [] : findingsOf(validate.errors ?? [], coerces ? 'first' : 'all');
  };
}

function createCompiler(coerces: boolean): AjvModule.Ajv2020 {
  const { Ajv2020 } = require('ajv/dist/2020.js') as typeof AjvModule;
  return new Ajv2020({
    // Meta's file has keywords that mean nothing, and formats that only people know.
    strict: false,
    validateFormats: false,
    validateSchema: false,
    addUsedSchema: false,
    meta: false,
    coerceTypes: coerces,
    allErrors: !coerces,
    code: { optimize: false },
  });
}
