/** Values that keep a schema: the samples that it holds, else the simplest there is. */
import { referredSchema, type Schema } from '../../../contracts/specification.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Random } from '../../core/random.ts';

/** What a value may depend on beside its schema. */
export interface Making {
  readonly random: Random;
  /** The id that a node in the answer has. */
  readonly nodeId: string;
  /** Graph's own way to print the instant of the answer. */
  readonly now: string;
}

/** Schemas of Meta's file refer to themselves nowhere; deeper than this would be a mistake. */
const deepest = 12;

/**
 * A value that keeps the schema.
 *
 * @param name - of the property that it is for; ids are made by their name
 */
export function makeValue(schema: Schema, making: Making, name = '', depth = 0): JsonValue {
  if (depth > deepest) return null;
  const whole = resolve(schema);
  const { const: fixed, enum: choices, example, oneOf, anyOf } = whole as Keywords;
  if (fixed !== undefined) return fixed;
  if (choices && choices.length > 0) return making.random.pick(choices as [JsonValue, ...JsonValue[]]);
  const alternative = (oneOf ?? anyOf)?.[0];
  if (alternative) return makeValue(alternative, making, name, depth + 1);
  switch (typeOf(whole)) {
    case 'object':
      return makeObject(whole, making, depth);
    case 'array':
      return makeList(whole, making, name, depth);
    case 'boolean':
      return typeof example === 'boolean' ? example : true;
    case 'integer':
    case 'number':
      return typeof example === 'number' ? example : ((whole as Keywords).minimum ?? 1);
    default:
      return makeText(whole, making, name);
  }
}

interface Keywords {
  readonly const?: JsonValue;
  readonly enum?: readonly JsonValue[];
  readonly example?: JsonValue;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly format?: string;
  readonly pattern?: string;
}

/** References followed, and `allOf` as one schema. */
function resolve(schema: Schema): Schema {
  const reference = schema['$ref'];
  if (typeof reference === 'string') return resolve(referredSchema(reference));
  const { allOf, ...rest } = schema as Keywords;
  if (!allOf) return schema;
  return [...allOf.map(resolve), rest as Schema].reduce((one, other) => ({
    ...one,
    ...other,
    properties: { ...(one as Keywords).properties, ...(other as Keywords).properties },
    required: [...((one as Keywords).required ?? []), ...((other as Keywords).required ?? [])],
  }));
}

function typeOf(schema: Schema): string {
  const { type, properties, items } = schema as Keywords;
  if (typeof type === 'string') return type;
  if (type) return type.find((one) => one !== 'null') ?? 'null';
  return properties ? 'object' : items ? 'array' : 'string';
}

/** Everything it may have: a client that reads an optional property finds it. */
function makeObject(schema: Schema, making: Making, depth: number): JsonObject {
  const { properties = {} } = schema as Keywords;
  return Object.fromEntries(
    Object.entries(properties).map(([name, inner]) => [name, makeValue(inner, making, name, depth + 1)]),
  );
}

function makeList(schema: Schema, making: Making, name: string, depth: number): readonly JsonValue[] {
  const { items = {}, minItems = 1 } = schema as Keywords;
  return Array.from({ length: Math.max(1, minItems) }, () => makeValue(items, making, name, depth + 1));
}

function makeText(schema: Schema, { random, nodeId, now }: Making, name: string): string {
  const { example, format, pattern } = schema as Keywords;
  if (name === 'id') return nodeId;
  if (format === 'date-time') return now;
  if (format === 'date') return now.slice(0, 10);
  const isId = /(^|_)id$/.test(name) && (pattern === undefined || pattern === '^[0-9]+$');
  if (isId) return random.text(1, '123456789') + random.text(14, '0123456789');
  if (typeof example === 'string') return example;
  if (format === 'uri') return `https://www.facebook.com/${name}`;
  return name;
}
