/** Answers as plain records, and Meta's error envelope. */
import type { Refusal } from '../core/decision.ts';
import type { GraphBytes } from '../core/feature.ts';
import type { JsonObject, JsonValue } from '../core/json.ts';
import { toMetaJson } from '../core/meta-json.ts';

/** What the front door writes: status, headers as a flat list of names and values, and the body's bytes or text. */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string | Uint8Array;
  /** The body as data, for the journal; `null` for bytes. */
  readonly json: JsonValue;
  /** What befalls it on the way to the client. */
  readonly spoiling?: Spoiling;
}

/** The answer comes late (real milliseconds), or the connection ends or waits without one. */
export type Spoiling =
  { readonly kind: 'latency'; readonly byMs: number } | { readonly kind: 'reset' | 'hang' };

/** What stands around every answer. */
export interface AnswerHead {
  /** Major version that answers. */
  readonly served: number;
  /** Major version asked for, where another was wanted by the app. */
  readonly upgradedFrom: number | undefined;
  /** 23 characters; also `fbtrace_id` of a refusal. */
  readonly traceId: string;
  /** How much of the hour's calls is used up, as name and value of a header; missing where nobody knows whose they are. */
  readonly usage: readonly [string, string] | undefined;
}

/**
 * Headers of every answer, as Graph's front end sends them (observed in 2022 and 2026). Left out are `alt-svc`, which
 * would send clients to a port where nobody listens, and those that no client reads: each costs every answer some time.
 */
const common = [
  'vary',
  'Origin, Accept-Encoding',
  'access-control-allow-origin',
  '*',
  'cross-origin-resource-policy',
  'cross-origin',
  'x-fb-rev',
  '1030000000',
] as const;
const jsonType = ['content-type', 'application/json; charset=UTF-8'] as const;
/** The long form of answers; refusals have the short one (observed). */
const unstored = ['cache-control', 'private, no-cache, no-store, must-revalidate'] as const;

const jsonHeaders = [...common, ...jsonType, ...unstored];
const bytesHeaders = [...common, ...unstored];
const refusalHeaders = [...common, ...jsonType, 'cache-control', 'no-store'];

const withHead = (
  fixed: readonly string[],
  { served, upgradedFrom, traceId, usage }: AnswerHead,
): string[] => {
  const headers = [...fixed, 'facebook-api-version', `v${served}.0`, 'x-fb-request-id', traceId];
  headers.push('x-fb-trace-id', traceId.slice(-11));
  if (upgradedFrom !== undefined)
    headers.push(
      'x-ad-api-version-warning',
      `The call has been auto-upgraded to v${served}.0 as v${upgradedFrom}.0 has been deprecated.`,
    );
  if (usage) headers.push(usage[0], usage[1]);
  return headers;
};

export const answerJson = (json: JsonValue, head: AnswerHead): GraphAnswer => ({
  status: 200,
  headers: withHead(jsonHeaders, head),
  body: toMetaJson(json),
  json,
});

/** Says of an answer that it was made from Meta's specification, and that nothing stands behind it. */
export const asGenerated = (answer: GraphAnswer): GraphAnswer => ({
  ...answer,
  headers: [...answer.headers, 'x-coex-fidelity', 'generated', 'x-coex-evidence', 'documented'],
});

export const answerBytes = (content: GraphBytes, head: AnswerHead): GraphAnswer => ({
  status: 200,
  headers: [...withHead(bytesHeaders, head), 'content-type', content.mimeType],
  body: content.bytes,
  json: null,
});

/**
 * A refusal in Meta's envelope.
 *
 * The two `x-coex-` headers say how sure we are that WhatsApp answers so; nobody can take them for Meta's.
 */
export function answerRefusal(refusal: Refusal, head: AnswerHead): GraphAnswer {
  const json = { ...refusal.beside, error: errorObject(refusal, head.traceId) };
  return {
    status: refusal.httpStatus,
    headers: [
      ...withHead(refusalHeaders, head),
      'www-authenticate',
      `OAuth "Facebook Platform" "${challengeKind(refusal)}" "${asHeader(messageOf(refusal))}"`,
      'x-coex-evidence',
      refusal.evidence,
      'x-coex-source',
      asHeader(refusal.source),
    ],
    body: toMetaJson(json),
    json,
  };
}

/** The `error` object, keys in the order of Meta's samples. */
export function errorObject(refusal: Refusal, traceId: string): JsonObject {
  return {
    message: messageOf(refusal),
    type: refusal.type ?? 'OAuthException',
    code: refusal.code,
    ...(refusal.details !== undefined && {
      error_data: { messaging_product: 'whatsapp', details: refusal.details },
    }),
    ...(refusal.subcode !== undefined && { error_subcode: refusal.subcode }),
    ...(refusal.isTransient !== undefined && { is_transient: refusal.isTransient }),
    ...(refusal.userTitle !== undefined && { error_user_title: refusal.userTitle }),
    ...(refusal.userMessage !== undefined && { error_user_msg: refusal.userMessage }),
    fbtrace_id: traceId,
  };
}

const messageOf = (refusal: Refusal): string =>
  refusal.bare === true ? refusal.message : `(#${refusal.code}) ${refusal.message}`;

/** Third word of `www-authenticate`: what is at fault (observed; for permissions assumed). */
function challengeKind({ code, subcode }: Refusal): string {
  if (code === 190 || code === 104) return 'invalid_token';
  if (code === 10 || code === 200) return 'insufficient_scope';
  return subcode !== undefined && signupCodeSubcodes.has(subcode) ? 'invalid_code' : 'invalid_request';
}

/** A code of Embedded Signup that expired, has another address, or was used. */
const signupCodeSubcodes: ReadonlySet<number> = new Set([36_007, 36_008, 36_009]);

/** Header values hold neither line ends nor anything beyond Latin-1. */
const asHeader = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');
