import { describe, expect, it } from 'vitest';
import { createEngine, type Engine, type Outcome } from '../../core/engine.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { epochMs, plusMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { RegisterNumber } from '../register/events.ts';
import { registerFeature } from '../register/feature.ts';
import { attemptLimit } from './decide.ts';
import type { DeregisterNumber } from './events.ts';
import { deregisterFeature } from './feature.ts';

interface Stage {
  readonly engine: Engine;
  readonly phoneNumberId: PhoneNumberId;
  readonly deregister: () => Outcome;
  readonly register: () => Outcome;
  readonly state: () => NumberState | undefined;
}

function stage(state: NumberState): Stage {
  const engine = createEngine(
    createWorld('deregister'),
    [furniture, registerFeature, deregisterFeature],
    epochMs(0),
  );
  const create: CreateNumber = { type: 'create-number', state, country: 'US' };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const { phoneNumberId } = created.reply;
  const off: DeregisterNumber = { type: 'deregister-number', phoneNumberId };
  const on: RegisterNumber = { type: 'register-number', phoneNumberId, pin: '123456' };
  return {
    engine,
    phoneNumberId,
    deregister: () => engine.execute(off),
    register: () => engine.execute(on),
    state: () => engine.world.phoneNumbers.get(phoneNumberId)?.state,
  };
}

it.each<[NumberState, string]>([
  ['coexistence', 'Deregister endpoint is not available for API solution for SMB businesses.'],
  ['offboarded', 'Deregister endpoint is not available for API solution for SMB businesses.'],
  ['app-only', 'Phone number is not currently linked in Facebook Hosted System'],
  ['fresh', 'Account not registered'],
])('a number that is %s stays so: %s', (state, message) => {
  const { deregister, state: now } = stage(state);
  expect(deregister()).toMatchObject({ refusal: { message } });
  expect(now()).toBe(state);
});

it('a number of the Cloud API is fresh afterwards, and can be registered again', () => {
  const { deregister, register, state } = stage('cloud-api');
  expect(deregister().kind).toBe('accepted');
  expect(state()).toBe('fresh');
  register();
  expect(state()).toBe('cloud-api');
});

describe('the limit', () => {
  it.each([
    [attemptLimit.withinMs - 1, 'refused'],
    [attemptLimit.withinMs, 'accepted'],
  ])('of ten calls holds for %i ms', (afterMs, outcome) => {
    const { deregister, engine, phoneNumberId, register } = stage('cloud-api');
    for (let calls = 0; calls < attemptLimit.attempts; calls += 1) {
      expect(deregister().kind).toBe('accepted');
      if (calls < attemptLimit.attempts - 1) register();
    }
    engine.moveTo(plusMs(engine.nowMs, afterMs));
    // Ten registrations at most lie behind, the tenth of them now.
    register();
    expect(engine.world.phoneNumbers.get(phoneNumberId)?.state).toBe('cloud-api');
    expect(deregister().kind).toBe(outcome);
  });
});
