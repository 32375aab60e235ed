/**
 * `POST /` with `batch=[…]`: several calls in one.
 *
 * @see Meta: graph-api/batch-requests (documented for Graph; that WhatsApp's operations may be batched is assumed)
 */
import type { Refusal } from '../core/decision.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import type { GraphAnswer } from './answer.ts';
import type { RawRequest } from './read-request.ts';

/** Most calls of one batch (documented). */
const mostItems = 50;

interface Item {
  readonly method: string;
  /** Path and query, without a slash at the beginning. */
  readonly relativeUrl: string;
  /** Form-encoded. */
  readonly body: string;
  readonly name?: string;
  readonly dependsOn?: string;
  readonly omitsResponse: boolean;
}

export interface Batch {
  readonly items: readonly Item[];
  readonly includesHeaders: boolean;
}

const invalid = (message: string): Refusal => ({
  code: 100,
  httpStatus: 400,
  message,
  evidence: 'assumed',
  source: 'Meta: graph-api/batch-requests; the texts are not known',
});

/** @returns the batch that the parameters ask for, why it is none, or `undefined` where they ask for no batch */
export function readBatch(params: JsonObject): Batch | Refusal | undefined {
  const { batch } = params;
  if (batch === undefined) return undefined;
  if (!Array.isArray(batch)) return invalid('Param batch must be an array.');
  const entries = batch as readonly JsonValue[];
  if (entries.length > mostItems)
    return invalid(`Too many requests in batch message, maximum batch size is ${mostItems}`);
  const items: Item[] = [];
  for (const [place, entry] of entries.entries()) {
    const item = readItem(entry);
    if (!item) return invalid(`Param batch[${place}] must have a method and a relative_url.`);
    items.push(item);
  }
  return {
    items,
    includesHeaders: !['false', false].includes(params['include_headers'] as string | boolean),
  };
}

function readItem(entry: JsonValue): Item | undefined {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return undefined;
  const {
    method,
    relative_url: relativeUrl,
    body,
    name,
    depends_on: dependsOn,
    ...rest
  } = entry as JsonObject;
  if (typeof method !== 'string' || typeof relativeUrl !== 'string') return undefined;
  return {
    method: method.toUpperCase(),
    relativeUrl: relativeUrl.replace(/^\/+/, ''),
    body: typeof body === 'string' ? body : '',
    ...(typeof name === 'string' && { name }),
    ...(typeof dependsOn === 'string' && { dependsOn }),
    // What is named is asked for by others, and shown only where that is wanted (documented).
    omitsResponse: typeof name === 'string' && rest['omit_response_on_success'] !== false,
  };
}

/** The request that holds others: its token and version count for calls that have none of their own. */
export interface Around {
  readonly raw: RawRequest;
  /** Empty where there is none. */
  readonly token: string;
  /** As in the path; missing where it has none. */
  readonly version: string | undefined;
}

/**
 * Carries the calls out one after the other; a call that depends on one that failed is not carried out.
 *
 * @param call - the Graph itself
 * @returns the answer's body: `null` for what was not carried out, or was not to be shown
 */
export async function runBatch(
  { items, includesHeaders }: Batch,
  around: Around,
  call: (raw: RawRequest) => GraphAnswer | Promise<GraphAnswer>,
): Promise<{ readonly content: JsonValue }> {
  const byName = new Map<string, GraphAnswer | undefined>();
  const answers: JsonValue[] = [];
  for (const item of items) {
    const blocked = item.dependsOn !== undefined && !succeeded(byName.get(item.dependsOn));
    const answer = blocked ? undefined : await call(toRaw(item, around));
    if (item.name !== undefined) byName.set(item.name, answer);
    const hidden = item.omitsResponse && items.some(({ dependsOn }) => dependsOn === item.name);
    answers.push(!answer || (hidden && succeeded(answer)) ? null : shown(answer, includesHeaders));
  }
  return { content: answers };
}

const succeeded = (answer: GraphAnswer | undefined): boolean => answer !== undefined && answer.status < 400;

const toRaw = (item: Item, { raw, token, version }: Around): RawRequest => {
  const own = /^v\d+\.\d+(?:\/|$)/.test(item.relativeUrl) || version === undefined;
  const hasToken = /[?&]access_token=/.test(item.relativeUrl);
  return {
    method: item.method,
    target: `/${own ? '' : `${version}/`}${item.relativeUrl}`,
    body: Buffer.from(item.body),
    contentType: 'application/x-www-form-urlencoded',
    ...(!hasToken && token !== '' && { authorization: `Bearer ${token}` }),
    ...(raw.host !== undefined && { host: raw.host }),
    ...(raw.byScenario !== undefined && { byScenario: raw.byScenario }),
  };
};

/** The body is text, whatever it holds; a file's bytes as Latin-1 (assumed). */
function shown({ status, headers, body }: GraphAnswer, includesHeaders: boolean): JsonValue {
  const pairs: { name: string; value: string }[] = [];
  for (let index = 0; includesHeaders && index + 1 < headers.length; index += 2)
    pairs.push({ name: headers[index] ?? '', value: headers[index + 1] ?? '' });
  return {
    code: status,
    ...(includesHeaders && { headers: pairs }),
    body: typeof body === 'string' ? body : Buffer.from(body).toString('latin1'),
  };
}
