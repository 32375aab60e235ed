/** `expect.handshake`: the verification request Meta sends when a callback is set, with the right or a wrong token. */
import type { Sight } from '../judge/facts.ts';
import type { Scene } from './scene.ts';

/** Digits, as Meta's example has them. */
const challenge = '1158201444';

/** Asks the webhook itself; bounded by the time limit of webhooks. */
export async function expectHandshake(
  scene: Scene,
  step: { readonly token: 'right' | 'wrong' },
): Promise<Sight> {
  const right = step.token === 'right';
  const expected = right
    ? 'the handshake with the right verify token to be answered 200 with the challenge alone'
    : 'the handshake with a wrong verify token to be refused';
  const answer = await ask(scene, right ? scene.sut.verifyToken : `not-${scene.sut.verifyToken}`);
  if (typeof answer === 'string')
    return {
      kind: 'unreachable',
      expected,
      happened: `the webhook did not answer: ${answer}`,
      exchanges: [],
    };
  const echoed = answer.body.trim() === challenge;
  const kept = right
    ? answer.status === 200 && echoed
    : answer.status >= 400 && !answer.body.includes(challenge);
  const happened = `it was answered ${answer.status} with ${JSON.stringify(answer.body.slice(0, 200))}`;
  return kept ? { kind: 'kept' } : { kind: 'broken', expected, happened, exchanges: [] };
}

async function ask(
  { sut, signal }: Scene,
  verifyToken: string,
): Promise<{ readonly status: number; readonly body: string } | string> {
  const url = new URL(sut.webhook);
  url.searchParams.set('hub.mode', 'subscribe');
  url.searchParams.set('hub.verify_token', verifyToken);
  url.searchParams.set('hub.challenge', challenge);
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(sut.webhookLimitMs)]);
    const response = await fetch(url, { signal: limit, redirect: 'manual' });
    return { status: response.status, body: (await response.text()).slice(0, 10_000) };
  } catch (error) {
    signal.throwIfAborted();
    return reasonOf(error);
  }
}

/** The cause of a failed fetch, which hides it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
