/** `expect.noLeak`: what the system under test writes holds no token and no secret. */
import type { Sight } from '../judge/facts.ts';
import type { Scene } from './scene.ts';
import { waitFor } from './wait.ts';

/** Output comes through a pipe, a moment after what it is about. */
const settleMs = 500;

/** Looks at everything written since the system was started; another scenario may have brought it about. */
export async function expectNoLeak({ outside, world, signal }: Scene): Promise<Sight> {
  const { leak } = outside;
  if (!leak) return { kind: 'unobservable', probe: 'sut.command' };
  const found = await waitFor(world, { withinMs: settleMs, signal, everyMs: 100, look: leak });
  if (found === undefined) return { kind: 'kept' };
  const expected = 'nothing that the system writes to hold a token or a secret';
  return { kind: 'broken', expected, happened: `its output holds ${found}`, exchanges: [] };
}
