import { afterEach, beforeEach, expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import { openCalls, type RealCalls } from '../../real-calls.test.setup.ts';

let calls: RealCalls;
beforeEach(async () => {
  calls = await openCalls();
});
afterEach(() => calls.close());

it('users come, get other tasks, and go', async () => {
  const edge = `v23.0/${calls.cast.wabaId}/assigned_users`;
  // As Meta's own page writes a list in a query.
  await calls.post(`${edge}?user=123&tasks=${encodeURIComponent("['MANAGE','DEVELOP']")}`);
  await calls.post(edge, { user: '456', tasks: ['MESSAGING'] });
  await calls.post(edge, { user: '456', tasks: ['FULL_CONTROL'] });
  const { json } = await calls.get(`${edge}?business=1`);
  expect(responseValidator('assigned-users', 'GET')(json)).toEqual([]);
  expect(json['data']).toMatchObject([
    { id: '123', tasks: ['MANAGE', 'DEVELOP'] },
    { id: '456', tasks: ['FULL_CONTROL'] },
  ]);
  expect((await calls.del(`${edge}?user=123`)).json).toEqual({ success: true });
  expect((await calls.get(edge)).json['data']).toMatchObject([{ id: '456' }]);
});
