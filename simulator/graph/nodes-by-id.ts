/** `GET /?ids=a,b`: several nodes at once; gone with v26.0 (documented). */
import type { Refusal } from '../core/decision.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { GraphAnswer } from './answer.ts';
import type { Around } from './batch.ts';
import type { RawRequest } from './read-request.ts';
import { removedIds } from './refusals.ts';

const lastMajor = 25;

export interface AskedNodes {
  readonly ids: readonly string[];
  /** The other parameters, for each of them. */
  readonly query: string;
}

/** @returns the nodes that are asked for, why they cannot be, or `undefined` where none are */
export function readNodes(
  { ids, access_token: _token, ...rest }: JsonObject,
  served: number,
): AskedNodes | Refusal | undefined {
  if (ids === undefined) return undefined;
  if (served > lastMajor) return removedIds;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest))
    query.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  const list = Array.isArray(ids)
    ? (ids as readonly JsonValue[]).map(String)
    : (typeof ids === 'string' ? ids : '').split(',');
  return {
    ids: [...new Set(list.map((id) => id.trim()).filter((id) => id !== ''))],
    query: query.toString(),
  };
}

/** @returns the nodes by id, or the whole answer of the first that is refused (assumed) */
export async function runNodes(
  { ids, query }: AskedNodes,
  { raw, token, version }: Around,
  call: (raw: RawRequest) => GraphAnswer | Promise<GraphAnswer>,
): Promise<{ readonly content: JsonValue } | GraphAnswer> {
  const nodes: Record<string, JsonValue> = {};
  for (const id of ids) {
    const path = `${version === undefined ? '' : `/${version}`}/${encodeURIComponent(id)}`;
    const answer = await call({
      ...raw,
      target: `${path}${query === '' ? '' : `?${query}`}`,
      ...(token !== '' && { authorization: `Bearer ${token}` }),
    });
    if (answer.status >= 400) return answer;
    nodes[id] = answer.json;
  }
  return { content: nodes };
}
