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

/** Headers of a plain answer, by version; a list made once for all answers alike. */
const jsonHeaders = new Map<string, readonly string[]>();

function headersFor(version: string): readonly string[] {
  let headers = jsonHeaders.get(version);
  if (!headers) {
    headers = [...common, ...jsonType, 'facebook-api-version', version, 'cache-control', 'private, no-store'];
    jsonHeaders.set(version, headers);
  }
  return headers;
}

const common = ['access-control-allow-origin', '*', 'vary', 'Origin, Accept-Encoding'] as const;
const jsonType = ['content-type', 'application/json; charset=UTF-8'] as const;

export const answerJson = (json: JsonValue, version: string): GraphAnswer => ({
  status: 200,
  headers: headersFor(version),
  body: toMetaJson(json),
  json,
});

/** Says of an answer that it was made from Meta's specification, and that nothing stands behind it. */
export const asGenerated = (answer: GraphAnswer): GraphAnswer => ({
  ...answer,
  headers: [...answer.headers, 'x-coex-fidelity', 'generated', 'x-coex-evidence', 'documented'],
});

export function answerBytes(content: GraphBytes, version: string): GraphAnswer {
  return {
    status: 200,
    headers: [...common, 'content-type', content.mimeType, 'facebook-api-version', version],
    body: content.bytes,
    json: null,
  };
}

/**
 * A refusal in Meta's envelope.
 *
 * The two `x-coex-` headers say how sure we are that WhatsApp answers so; nobody can take them for Meta's.
 *
 * @param traceId - `fbtrace_id`, also sent as `x-fb-request-id`
 */
export function answerRefusal(refusal: Refusal, traceId: string, version: string): GraphAnswer {
  const json = { ...refusal.beside, error: errorObject(refusal, traceId) };
  return {
    status: refusal.httpStatus,
    headers: [
      ...common,
      ...jsonType,
      'facebook-api-version',
      version,
      'cache-control',
      'no-store',
      'www-authenticate',
      `OAuth "Facebook Platform" "${challengeKind(refusal)}" "${asHeader(messageOf(refusal))}"`,
      'x-fb-request-id',
      traceId,
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

/** The first word of `www-authenticate`: a token is at fault, or something else (observed). */
const challengeKind = (refusal: Refusal): string =>
  refusal.code === 190 || refusal.code === 104 ? 'invalid_token' : 'invalid_request';

/** Header values hold neither line ends nor anything beyond Latin-1. */
const asHeader = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?');
