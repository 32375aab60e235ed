/** Who may speak to the webhook: Meta alone. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a webhook carries Meta's signature.
 *
 * @param body - the bytes as they came; parsed and printed again they would differ, for Meta escapes them
 * @param header - `X-Hub-Signature-256`, `sha256=` and 64 hexadecimal digits
 */
export function isSignedByMeta(body: Buffer, header: string | undefined, appSecret: string): boolean {
  const expected = Buffer.from(`sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`);
  const given = Buffer.from(header ?? '');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Whether the handshake of a webhook subscription names the token we chose. */
export function isOurToken(given: string | undefined, verifyToken: string): boolean {
  return given === verifyToken;
}
