/** `fields=`: of a whole node, what was asked for. */
import type { Refusal } from '../core/decision.ts';
import type { FieldSet } from '../core/feature.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { splitFields } from './read-request.ts';

/** `fields=` names what the node does not have. */
export const fieldMissing = (field: string, nodeType: string): Refusal => ({
  code: 100,
  httpStatus: 400,
  message: `Tried accessing nonexisting field (${field}) on node type (${nodeType})`,
  evidence: 'assumed',
  source: 'Graph API at large; types of nodes as in the SDK of Meta',
});

/** One of `fields=`, taken apart: `phone_numbers.limit(5){id,status}`. */
export interface AskedField {
  readonly name: string;
  /** `limit` → `5`; without those, empty. */
  readonly modifiers: Readonly<Record<string, string>>;
  /** What stands between the braces; missing where there are none. */
  readonly below?: readonly string[];
}

export function readField(field: string): AskedField {
  const open = field.indexOf('{');
  const hasBelow = open >= 0 && field.endsWith('}');
  const [name = '', ...modifiers] = (hasBelow ? field.slice(0, open) : field).split('.');
  return {
    name: name.split(/[({]/, 1)[0]?.trim() ?? '',
    modifiers: Object.fromEntries(
      modifiers.flatMap((one) => {
        const [, key, value] = /^\s*(\w+)\((.*)\)\s*$/.exec(one) ?? [];
        return key === undefined ? [] : [[key, value ?? '']];
      }),
    ),
    ...(hasBelow && { below: splitFields(field.slice(open + 1, -1)) }),
  };
}

/** The value of what is no field of the node but an edge below it; `undefined` where it is neither. */
export type ReadEdge = (nodeId: string, field: AskedField) => JsonValue | undefined;

const noEdges: ReadEdge = () => undefined;

/**
 * The first field that the node's kind does not have, as Meta's refusal.
 *
 * @param asked - as read from `fields=`; missing: the default ones, which are always known
 * @param isEdge - whether a name is that of an edge below such nodes
 */
export function refusalOfFields(
  set: FieldSet,
  asked: readonly string[] | undefined,
  isEdge: (name: string) => boolean = () => false,
): Refusal | undefined {
  const unknown = asked
    ?.map((field) => readField(field).name)
    .find((name) => name !== 'id' && !set.known.includes(name) && !isEdge(name));
  return unknown === undefined ? undefined : fieldMissing(unknown, set.nodeType);
}

/**
 * Keeps of a node, or of the nodes in `data`, the fields that are asked for, in the order asked, and `id` last.
 *
 * Below a field nothing is checked: Graph's types there are many, and what is not there is not shown.
 *
 * @param readEdge - for names that are edges
 */
export function selectFields(
  set: FieldSet,
  content: JsonObject,
  asked: readonly string[] | undefined,
  readEdge = noEdges,
): JsonObject {
  const fields = (asked ?? set.byDefault).map(readField);
  const { data } = content;
  if (!Array.isArray(data)) return keep(content, fields, readEdge);
  return { ...content, data: (data as readonly JsonObject[]).map((node) => keep(node, fields, readEdge)) };
}

function keep(node: JsonObject, fields: readonly AskedField[], readEdge: ReadEdge): JsonObject {
  const kept: Record<string, JsonValue> = {};
  const { id } = node;
  for (const field of fields) {
    const { name, below } = field;
    if (name === 'id') continue;
    const own = Object.hasOwn(node, name) ? node[name] : undefined;
    if (own !== undefined) kept[name] = below ? keepBelow(own, below.map(readField)) : own;
    else if (typeof id === 'string') {
      const edge = readEdge(id, field);
      if (edge !== undefined) kept[name] = edge;
    }
  }
  if (id !== undefined) kept['id'] = id;
  return kept;
}

/** Objects, lists of them, and the `data` of an edge alike. */
function keepBelow(value: JsonValue, fields: readonly AskedField[]): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((one) => keepBelow(one, fields));
  if (typeof value !== 'object' || value === null) return value;
  const { data } = value as JsonObject;
  if (Array.isArray(data)) return { ...(value as JsonObject), data: keepBelow(data as JsonValue, fields) };
  return keep(value as JsonObject, fields, noEdges);
}
