/** The GET by which a callback proves that it expects webhooks. */
import { STATUS_CODES } from 'node:http';
import type { Handshake, HandshakeResult } from '../core/feature.ts';
import type { AttemptResult } from '../core/journal.ts';
import { createPoster } from './post.ts';

/** As older Graph deliveries name themselves; what WhatsApp's handshake sends is not recorded (assumed). */
const headers = {
  'User-Agent': 'facebookplatform/1.0 (+http://developers.facebook.com)',
  Accept: '*/*',
} as const;

export interface HandshakeOptions {
  /** Real milliseconds the callback has to answer; default 10,000. */
  readonly webhookTimeLimitMs?: number;
  /** Hosts beside loopback that may be asked, by lower-case name. */
  readonly allowHosts?: readonly string[];
}

/**
 * The URL of the handshake: the callback's own query first, then `hub.*`; a `+` in the path arrives as `%20`.
 *
 * Meta: webhooks (documented) for the parameters; the `+` was recorded by an integrator, the order of both queries is
 * assumed.
 */
export function handshakeUrl({ url, verifyToken }: Handshake, challenge: string): string {
  if (!URL.canParse(url)) return url;
  const { origin, pathname, search } = new URL(url);
  const query = `hub.mode=subscribe&hub.challenge=${challenge}&hub.verify_token=${encodeURIComponent(verifyToken)}`;
  return `${origin}${pathname.replaceAll('+', '%20')}${search ? `${search}&` : '?'}${query}`;
}

/**
 * Asks a callback to echo a challenge: status 200 and the challenge as the whole body (documented).
 *
 * The body is compared as it is; whether Meta forgives a line end is not known (assumed: no).
 *
 * @param challenge - 7 to 10 digits, as in every recording
 * @returns what came of it; never rejects, and ends within the time limit
 */
export async function verifyCallback(
  handshake: Handshake,
  challenge: string,
  options: HandshakeOptions = {},
): Promise<HandshakeResult> {
  const { webhookTimeLimitMs: timeLimitMs, allowHosts } = options;
  const poster = createPoster({ ...(timeLimitMs && { timeLimitMs }), ...(allowHosts && { allowHosts }) });
  const url = handshakeUrl(handshake, challenge);
  const result = await new Promise<AttemptResult>((resolve) => {
    poster.send({ method: 'GET', url, headers }, resolve);
  });
  await poster.close();
  return judge(result, challenge);
}

function judge(result: AttemptResult, challenge: string): HandshakeResult {
  if (result.kind === 'unreachable') return result;
  if (result.kind === 'timed-out')
    return { kind: 'unreachable', reason: `no answer within ${result.afterMs} ms` };
  const { status, body } = result;
  if (status !== 200) return { kind: 'refused', httpStatus: status, httpMessage: STATUS_CODES[status] ?? '' };
  return body === challenge
    ? { kind: 'echoed' }
    : { kind: 'mismatched', expected: challenge, received: body };
}
