/** An expectation of a scenario → a fact. */
import { isNegative } from '../../scenarios/language/roles.ts';
import type { Expectation } from '../../scenarios/language/scenario.ts';
import type { Fact, Sight } from '../judge/facts.ts';
import { expectCall, expectNoCall } from './expect-calls.ts';
import { expectHandshake } from './expect-handshake.ts';
import { expectNoLeak } from './expect-leaks.ts';
import { expectConnection, expectContact, expectConversation, expectSync } from './expect-probes.ts';
import { expectAcknowledged, expectRefused } from './expect-webhooks.ts';
import type { Scene } from './scene.ts';

/** Waits as long as the expectation says; throws only when the scene's signal aborts. */
export async function observe(scene: Scene, step: Expectation): Promise<Fact> {
  scene.view.look();
  const sight = await look(scene, step);
  return {
    step: step.does,
    at: step.at,
    role: step.role,
    proves: step.proves,
    negative: isNegativeStep(step) && !(sight.kind === 'broken' && sight.tooFew === true),
    sight,
  };
}

const isNegativeStep = (step: Expectation): boolean =>
  isNegative(step) || (step.does === 'expect.handshake' && step.token === 'wrong');

function look(scene: Scene, step: Expectation): Promise<Sight> {
  switch (step.does) {
    case 'expect.call':
      return expectCall(scene, step);
    case 'expect.noCall':
      return expectNoCall(scene, step);
    case 'expect.acknowledged':
      return expectAcknowledged(scene, step);
    case 'expect.refused':
      return expectRefused(scene, step);
    case 'expect.handshake':
      return expectHandshake(scene, step);
    case 'expect.noLeak':
      return expectNoLeak(scene);
    case 'expect.conversation':
      return expectConversation(scene, step);
    case 'expect.connection':
      return expectConnection(scene, step);
    case 'expect.contact':
      return expectContact(scene, step);
    case 'expect.sync':
      return expectSync(scene, step);
  }
}
