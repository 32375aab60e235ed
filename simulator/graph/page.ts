/** Pages of a list, between cursors. */
import type { Refusal } from '../core/decision.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';

/** Entries of a page where no `limit` is given, and at most. @see Meta: OpenAPI v23.0, WhatsApp edges (documented) */
const usualLimit = 25;
const greatestLimit = 100;

/** First version whose WhatsApp edges have a code of their own. @see Meta: support/error-codes, groups (documented) */
const firstWithCursorCode = 24;

const cursorInvalid = (served: number): Refusal => ({
  code: served >= firstWithCursorCode ? 131059 : 100,
  httpStatus: 400,
  message: 'Invalid cursor',
  evidence: served >= firstWithCursorCode ? 'documented' : 'assumed',
  source: 'Meta: support/error-codes, from v24.0; before that code 100 as for any bad parameter',
});

const limitInvalid: Refusal = {
  code: 100,
  httpStatus: 400,
  message: 'Param limit must be a positive integer.',
  evidence: 'assumed',
  source: 'No recording; code 100 as for any bad parameter',
};

/** Opaque to clients, and like Meta's in look (assumed). */
const cursorOf = (key: string): string => `QVFIU${btoa(key).replaceAll('=', 'ZD')}`;

/** What tells entries apart: their id, else their place. */
const keyOf = (entry: JsonValue, place: number): string => {
  const id = typeof entry === 'object' && entry !== null ? (entry as JsonObject)['id'] : undefined;
  return typeof id === 'string' ? id : `at ${place}`;
};

/** Where a list is asked for: what `next` and `previous` repeat. */
export interface PageRequest {
  readonly params: JsonObject;
  /** Major version that answers. */
  readonly served: number;
  /** Address of the edge without query: `http://127.0.0.1:40123/v23.0/104…/phone_numbers`. */
  readonly address: string;
}

/**
 * Cuts the page out that `limit`, `after` and `before` ask for.
 *
 * `next` and `previous` are there where there is such a page; an empty list has no `paging` at all (documented).
 *
 * @param content - the whole list in `data`
 * @returns the page, or the refusal of a cursor or limit that is none
 */
export function cutPage(content: JsonObject, request: PageRequest): { page: JsonObject } | Refusal {
  const { params } = request;
  const entries = (content['data'] ?? []) as readonly JsonValue[];
  const limit = limitIn(params['limit']);
  if (limit === undefined) return limitInvalid;
  const keys = entries.map((entry, place) => cursorOf(keyOf(entry, place)));
  const after = textOf(params['after']);
  const before = textOf(params['before']);
  const start = after === undefined ? 0 : keys.indexOf(after) + 1;
  const end = before === undefined ? entries.length : keys.indexOf(before);
  if ((after !== undefined && start === 0) || end < 0) return cursorInvalid(request.served);
  const isBackwards = before !== undefined && after === undefined;
  const first = isBackwards ? Math.max(start, end - limit) : start;
  const last = isBackwards ? end : Math.min(end, start + limit);
  const data = entries.slice(first, last);
  if (data.length === 0) return { page: { ...content, data } };
  const cursors = { before: keys[first] ?? '', after: keys[last - 1] ?? '' };
  const paging = {
    cursors,
    ...(last < entries.length && { next: linkTo(request, 'after', cursors.after) }),
    ...(first > 0 && { previous: linkTo(request, 'before', cursors.before) }),
  };
  return { page: { ...content, data, paging } };
}

/** A negative limit is none; one above the greatest is that. */
function limitIn(value: JsonValue | undefined): number | undefined {
  if (value === undefined || value === '') return usualLimit;
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : NaN;
  return Number.isInteger(number) && number > 0 ? Math.min(number, greatestLimit) : undefined;
}

const textOf = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The query again, the access token included where it was a parameter (assumed). */
function linkTo({ params, address }: PageRequest, way: 'after' | 'before', cursor: string): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (name === 'after' || name === 'before' || value === undefined) continue;
    query.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  query.set(way, cursor);
  return `${address}?${query.toString()}`;
}
