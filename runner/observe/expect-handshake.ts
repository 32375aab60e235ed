/** `expect.handshake`: the verification request Meta sends when a callback is set, with the right or a wrong token. */
import type { Sight } from '../judge/facts.ts';
import { challenge } from './handshake.ts';
import type { Scene } from './scene.ts';

/** Right: the challenge and nothing else; wrong: a refusal that does not give it away. */
export async function expectHandshake(
  { sut, outside }: Scene,
  step: { readonly token: 'right' | 'wrong' },
): Promise<Sight> {
  const right = step.token === 'right';
  const expected = right
    ? 'the handshake with the right verify token to be answered 200 with the challenge alone'
    : 'the handshake with a wrong verify token to be refused';
  const answer = await outside.shake(right ? sut.verifyToken : `not-${sut.verifyToken}`);
  if (answer.kind === 'unreachable')
    return {
      kind: 'unreachable',
      expected,
      happened: `the webhook did not answer: ${answer.reason}`,
      exchanges: [],
    };
  const echoed = answer.body.trim() === challenge;
  const kept = right
    ? answer.status === 200 && echoed
    : answer.status >= 400 && !answer.body.includes(challenge);
  const happened = `it was answered ${answer.status} with ${JSON.stringify(answer.body.slice(0, 200))}`;
  return kept ? { kind: 'kept' } : { kind: 'broken', expected, happened, exchanges: [] };
}
