/** `metadata=1`: a node says which fields and edges its kind has. */
import type { FieldSet } from '../core/feature.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';

/** Whether it is asked for. */
export const wantsMetadata = (params: JsonObject): boolean =>
  ['1', 'true', 1, true].includes(params['metadata'] as string | number | boolean);

/**
 * The `metadata` of a node, as Graph has it at large; descriptions of fields are left out (documented for Graph, assumed
 * for nodes of WhatsApp).
 *
 * @param address - of the node, without query: `http://127.0.0.1:40123/v23.0/104…`
 * @param edges - paths below the node that can be read
 */
export const metadataOf = (set: FieldSet, address: string, edges: readonly string[]): JsonValue => ({
  fields: [...new Set(['id', ...set.known])].map((name) => ({ name })),
  type: set.nodeType.toLowerCase(),
  connections: Object.fromEntries(edges.map((edge) => [edge, `${address}/${edge}`])),
});
