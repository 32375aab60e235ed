import { expect, it } from 'vitest';
import { createEngine } from '../../core/engine.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { JsonObject } from '../../core/json.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { OfficialAccount } from './decide.ts';
import type { ApplicationAction, ReadOfficialStatus } from './events.ts';
import { officialBusinessAccountFeature } from './feature.ts';
import { parseApplication, renderApplied, renderStatus } from './wire.ts';

function applyAndRead(state: NumberState, ...actions: readonly ApplicationAction[]): [JsonObject[], unknown] {
  const engine = createEngine(createWorld('oba'), [furniture, officialBusinessAccountFeature], epochMs(0));
  const create: CreateNumber = { type: 'create-number', state, country: 'US' };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const { phoneNumberId } = created.reply;
  const answers = actions.map((action) => {
    const request = { method: 'POST', nodeId: phoneNumberId, token: '', params: { action } } as const;
    const outcome = engine.execute<OfficialAccount>(parseApplication(request));
    if (outcome.kind === 'mistaken') throw new Error(outcome.mistake.message);
    return outcome.kind === 'refused' ? { code: outcome.refusal.code } : renderApplied(outcome.reply);
  });
  const read: ReadOfficialStatus = { type: 'read-official-status', phoneNumberId };
  const outcome = engine.execute<OfficialAccount>(read);
  return [answers, outcome.kind === 'accepted' ? renderStatus(outcome.reply)['oba_status'] : outcome];
}

it.each<[NumberState, ApplicationAction[], JsonObject[], string]>([
  ['coexistence', [], [], 'NOT_STARTED'],
  ['coexistence', ['SUBMIT_APPLICATION'], [{ code: 100 }], 'NOT_STARTED'],
  ['cloud-api', ['SUBMIT_APPLICATION'], [{ updated_status: { oba_status: 'PENDING' } }], 'PENDING'],
  [
    'cloud-api',
    ['SUBMIT_APPLICATION', 'WITHDRAW_APPLICATION'],
    [{ success: true }, { message: 'Official Business Account application withdrawn successfully' }],
    'CANCELLED',
  ],
])('%s, %j', (state, actions, answers, status) => {
  const [given, read] = applyAndRead(state, ...actions);
  expect(given).toMatchObject(answers);
  expect(read).toBe(status);
});
