/** The verification request of Meta, made for real. */
import type { HandshakeAnswer } from '../judge/tape.ts';
import type { SutAddress } from './scene.ts';

/** Digits, as Meta's example has them. */
export const challenge = '1158201444';

/** Most of an answer that is kept, characters. */
const mostKept = 10_000;

/** Asks the webhook itself; bounded by the time limit of webhooks. @throws the signal's reason when it aborts */
export async function shakeHands(
  sut: Pick<SutAddress, 'webhook' | 'webhookLimitMs'>,
  verifyToken: string,
  signal: AbortSignal,
): Promise<HandshakeAnswer> {
  const url = new URL(sut.webhook);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.verify_token', verifyToken);
  url.searchParams.set('hub.challenge', challenge);
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(sut.webhookLimitMs)]);
    const response = await fetch(url, { signal: limit, redirect: 'manual' });
    return { kind: 'answered', status: response.status, body: (await response.text()).slice(0, mostKept) };
  } catch (error) {
    signal.throwIfAborted();
    return { kind: 'unreachable', reason: reasonOf(error) };
  }
}

/** The cause of a failed fetch, which hides it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
