import { describe, expect, it } from 'vitest';
import type { Behaviour } from '../../core/behaviour.ts';
import { createEngine, type Outcome } from '../../core/engine.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { CallAnswer } from './decide.ts';
import type { ManageCall } from './events.ts';
import { callsFeature } from './feature.ts';

function call(state: NumberState, action: string, behaviour: Partial<Behaviour> = {}): Outcome<CallAnswer> {
  const engine = createEngine(createWorld('calls', behaviour), [furniture, callsFeature], epochMs(0));
  const create: CreateNumber = { type: 'create-number', state, country: 'US' };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const command: ManageCall = { type: 'manage-call', phoneNumberId: created.reply.phoneNumberId, action };
  return engine.execute<CallAnswer>(command);
}

describe('a call over the API', () => {
  it.each<Behaviour['callingRefusalCode']>([138013, 138015, 100])(
    'from a coexistence number is refused with %i, where the world says so',
    (callingRefusalCode) => {
      expect(call('coexistence', 'connect', { callingRefusalCode })).toMatchObject({
        refusal: { code: callingRefusalCode, evidence: 'assumed' },
      });
    },
  );

  it('from a number outside the app gets an id, and ends without one', () => {
    expect(call('cloud-api', 'connect')).toMatchObject({
      reply: { callId: expect.stringMatching(/^wacid\./) as string },
    });
    expect(call('cloud-api', 'terminate')).toEqual({ kind: 'accepted', reply: undefined });
  });
});
