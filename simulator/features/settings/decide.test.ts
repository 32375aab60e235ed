import { describe, expect, it } from 'vitest';
import type { Behaviour } from '../../core/behaviour.ts';
import { createEngine, type Outcome } from '../../core/engine.ts';
import type { GraphRequest } from '../../core/feature.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { JsonObject } from '../../core/json.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { ReadSettings } from './events.ts';
import { settingsFeature } from './feature.ts';
import { parseChange } from './wire.ts';

interface Stage {
  readonly change: (params: JsonObject) => Outcome;
  readonly read: () => JsonObject;
}

function stage(state: NumberState, behaviour: Partial<Behaviour> = {}): Stage {
  const engine = createEngine(createWorld('settings', behaviour), [furniture, settingsFeature], epochMs(0));
  const create: CreateNumber = { type: 'create-number', state, country: 'US' };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const { phoneNumberId } = created.reply;
  const request: GraphRequest = { method: 'POST', nodeId: phoneNumberId, token: '', params: {} };
  return {
    change: (params) => engine.execute(parseChange({ ...request, params })),
    read: () => {
      const command: ReadSettings = { type: 'read-settings', phoneNumberId };
      const outcome = engine.execute<JsonObject>(command);
      if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
      return outcome.reply;
    },
  };
}

describe('calling', () => {
  it.each<[Behaviour['callingRefusalCode'], string]>([
    [138013, 'Business-initiated calling is not available'],
    [138015, 'Calling cannot be enabled for this phone number'],
    [100, 'Invalid parameter'],
  ])('is closed to coexistence numbers: %i', (callingRefusalCode, message) => {
    const { change, read } = stage('coexistence', { callingRefusalCode });
    expect(change({ calling: { status: 'ENABLED' } })).toMatchObject({
      refusal: { code: callingRefusalCode, message },
    });
    expect(read()).toMatchObject({ calling: { status: 'DISABLED' } });
  });

  it('is open to others', () => {
    const { change, read } = stage('cloud-api');
    change({ calling: { status: 'ENABLED' } });
    expect(read()).toMatchObject({ calling: { status: 'ENABLED' } });
  });
});

it('what was set stays, and the rest is as it was', () => {
  const { change, read } = stage('coexistence');
  change({ user_identity_change: { enable_identity_key_check: true } });
  change({
    payload_encryption: { status: 'DISABLED' },
    unheard_of: { a: 1 },
    storage_configuration: 'no object',
  });
  expect(read()).toEqual({
    calling: { status: 'DISABLED', call_icon_visibility: 'DEFAULT', callback_permission_status: 'DISABLED' },
    storage_configuration: { status: 'DEFAULT' },
    user_identity_change: { enable_identity_key_check: true },
    payload_encryption: { status: 'DISABLED' },
  });
});
