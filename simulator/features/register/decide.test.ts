import { describe, expect, it } from 'vitest';
import type { Behaviour } from '../../core/behaviour.ts';
import { createEngine, type Engine, type Outcome } from '../../core/engine.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { epochMs, plusMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { UpdatePhoneNumber } from '../phone-number/events.ts';
import { phoneNumberFeature } from '../phone-number/feature.ts';
import { attemptLimit } from './decide.ts';
import type { RegisterNumber } from './events.ts';
import { registerFeature } from './feature.ts';

interface Stage {
  readonly engine: Engine;
  readonly phoneNumberId: PhoneNumberId;
  readonly register: (pin?: string) => Outcome;
}

function stage(state: NumberState, behaviour: Partial<Behaviour> = {}): Stage {
  const world = createWorld('register', behaviour);
  const engine = createEngine(world, [furniture, phoneNumberFeature, registerFeature], epochMs(0));
  const create: CreateNumber = { type: 'create-number', state, country: 'US' };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const { phoneNumberId } = created.reply;
  return {
    engine,
    phoneNumberId,
    register: (pin = '123456') => {
      const command: RegisterNumber = { type: 'register-number', phoneNumberId, pin };
      return engine.execute(command);
    },
  };
}

const codeOf = (outcome: Outcome): number | string =>
  outcome.kind === 'refused' ? outcome.refusal.code : outcome.kind;

describe('a number of the app', () => {
  it.each([
    [{}, true],
    [{ registerRefusalPrefixed: true }, false],
  ])('is refused, with %o bare: %s', (behaviour, bare) => {
    const { engine, phoneNumberId, register } = stage('coexistence', behaviour);
    expect(register()).toMatchObject({
      refusal: { code: 100, message: 'Register endpoint is not available for SMB businesses.', bare },
    });
    expect(engine.world.phoneNumbers.get(phoneNumberId)?.state).toBe('coexistence');
  });
});

describe('a number outside the app', () => {
  it.each<NumberState>(['fresh', 'cloud-api'])('that is %s is on the Cloud API afterwards', (state) => {
    const { engine, phoneNumberId, register } = stage(state);
    expect(register().kind).toBe('accepted');
    expect(engine.world.phoneNumbers.get(phoneNumberId)?.state).toBe('cloud-api');
  });

  it('is moved once, however often it is registered', () => {
    const { engine, register } = stage('fresh');
    register();
    register();
    expect(engine.log.recent().filter(({ event }) => event.type === 'number-moved')).toHaveLength(1);
  });
});

describe('the PIN', () => {
  it('is set by the first registration, and wanted by the next', () => {
    const { register } = stage('fresh');
    expect(codeOf(register('111111'))).toBe('accepted');
    expect(codeOf(register('222222'))).toBe(133005);
    expect(codeOf(register('111111'))).toBe('accepted');
  });

  it('may have been set on the node', () => {
    const { engine, phoneNumberId, register } = stage('fresh');
    const update: UpdatePhoneNumber = {
      type: 'update-phone-number',
      phoneNumberId,
      token: '',
      pin: '333333',
    };
    engine.execute(update);
    expect(codeOf(register('111111'))).toBe(133005);
    expect(codeOf(register('333333'))).toBe('accepted');
  });
});

describe('the limit', () => {
  it.each([
    [attemptLimit.withinMs - 1, 133016],
    [attemptLimit.withinMs, 'accepted'],
  ])('of ten calls holds for %i ms', (afterMs, outcome) => {
    const { engine, register } = stage('fresh');
    for (let calls = 0; calls < attemptLimit.attempts; calls += 1)
      expect(codeOf(register())).toBe('accepted');
    engine.moveTo(plusMs(engine.nowMs, afterMs));
    expect(codeOf(register())).toBe(outcome);
  });

  it('counts wrong PINs, too', () => {
    const { register } = stage('fresh');
    register('111111');
    for (let calls = 1; calls < attemptLimit.attempts; calls += 1) expect(codeOf(register('2'))).toBe(133005);
    expect(codeOf(register('111111'))).toBe(133016);
  });

  it('does not count refusals of a number of the app', () => {
    const { register } = stage('coexistence');
    for (let calls = 0; calls <= attemptLimit.attempts; calls += 1) expect(codeOf(register())).toBe(100);
  });
});
