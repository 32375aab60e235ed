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

/** The name before any modifier or selection: `analytics` of `analytics.start(1).end(2)`. */
const nameOf = (field: string): string => field.split(/[.{(]/, 1)[0]?.trim() ?? '';

/** What stands between the outer braces: `id,name` of `owner{id,name}`; missing where there are none. */
function below(field: string): readonly string[] | undefined {
  const open = field.indexOf('{');
  if (open < 0 || !field.endsWith('}')) return undefined;
  return splitFields(field.slice(open + 1, -1));
}

/**
 * The first field that the node's kind does not have, as Meta's refusal.
 *
 * @param asked - as read from `fields=`; missing: the default ones, which are always known
 */
export function refusalOfFields(set: FieldSet, asked: readonly string[] | undefined): Refusal | undefined {
  const unknown = asked?.map(nameOf).find((name) => name !== 'id' && !set.known.includes(name));
  return unknown === undefined ? undefined : fieldMissing(unknown, set.nodeType);
}

/**
 * Keeps of a node, or of the nodes in `data`, the fields that are asked for, in the order asked, and `id` last.
 *
 * Below a field nothing is checked: Graph's types there are many, and what is not there is not shown.
 */
export function selectFields(
  set: FieldSet,
  content: JsonObject,
  asked: readonly string[] | undefined,
): JsonObject {
  const fields = asked ?? set.byDefault;
  const { data } = content;
  if (!Array.isArray(data)) return keep(content, fields);
  return { ...content, data: (data as readonly JsonObject[]).map((node) => keep(node, fields)) };
}

function keep(node: JsonObject, fields: readonly string[]): JsonObject {
  const kept: Record<string, JsonValue> = {};
  for (const field of fields) {
    const name = nameOf(field);
    const value = Object.hasOwn(node, name) ? node[name] : undefined;
    if (name === 'id' || value === undefined) continue;
    const inner = below(field);
    kept[name] = inner ? keepBelow(value, inner) : value;
  }
  const { id } = node;
  if (id !== undefined) kept['id'] = id;
  return kept;
}

/** Objects, lists of them, and the `data` of an edge alike. */
function keepBelow(value: JsonValue, fields: readonly string[]): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((one) => keepBelow(one, fields));
  if (typeof value !== 'object' || value === null) return value;
  const { data } = value as JsonObject;
  if (Array.isArray(data)) return { ...(value as JsonObject), data: keepBelow(data as JsonValue, fields) };
  return keep(value as JsonObject, fields);
}
