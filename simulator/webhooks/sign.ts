/** Signatures as Meta makes them: HMAC over the exact bytes of the body, keyed with the app's secret. */
import { createHmac } from 'node:crypto';

/** Both signature headers of one body. */
export interface Signature {
  /** `X-Hub-Signature`: `sha1=` and 40 lower-case hex digits. */
  readonly sha1: string;
  /** `X-Hub-Signature-256`: `sha256=` and 64 lower-case hex digits. */
  readonly sha256: string;
}

/**
 * Signs a body.
 *
 * SHA-256 is documented (Meta: webhooks); SHA-1 is still sent by Graph webhooks and assumed for WhatsApp. One secret
 * signs for every callback of an app, overrides included (documented).
 */
export const sign = (secret: string, body: Uint8Array): Signature => ({
  sha1: `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`,
  sha256: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
});

/** A signature of the right form by somebody who does not know the secret; the same every time. */
export const signWrongly = (secret: string, body: Uint8Array): Signature => sign(`not ${secret}`, body);
