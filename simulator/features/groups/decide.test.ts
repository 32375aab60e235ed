import { expect, it } from 'vitest';
import { createEngine, type Outcome } from '../../core/engine.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { GroupsCommand } from './events.ts';
import { groupsFeature } from './feature.ts';

function does(state: NumberState, type: GroupsCommand['type']): Outcome {
  const engine = createEngine(createWorld('groups'), [furniture, groupsFeature], epochMs(0));
  const create: CreateNumber = { type: 'create-number', state, country: 'US' };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const command: GroupsCommand = { type, phoneNumberId: created.reply.phoneNumberId };
  return engine.execute(command);
}

it.each(['create-group', 'list-groups'] as const)('%s is not for coexistence numbers', (type) => {
  expect(does('coexistence', type)).toMatchObject({
    refusal: { code: 131215, message: 'Phone number is not eligible for groups' },
  });
  expect(does('cloud-api', type).kind).toBe('accepted');
});

it.each([
  ['create-group', 'Unsupported post request.'],
  ['list-groups', 'Unsupported get request.'],
] as const)('%s of a disconnected number names the verb', (type, beginning) => {
  expect(does('disconnected', type)).toMatchObject({
    refusal: { message: expect.stringContaining(beginning) as string },
  });
});
