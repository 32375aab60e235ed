import { afterEach, beforeEach, expect, it } from 'vitest';
import { errorValidator, responseValidator } from '../../../contracts/catalogue.ts';
import { openCalls, type RealCalls } from '../../real-calls.test.setup.ts';

let calls: RealCalls;
beforeEach(async () => {
  calls = await openCalls();
  await calls.play('  - customer.sends: { from: ana, text: Hi }');
});
afterEach(() => calls.close());

const edge = () => `v23.0/${calls.cast.phoneNumberId}/block_users`;
const waId = (name: string) => calls.cast.customers[name]!.waId;
const users = (...names: readonly string[]) => ({
  messaging_product: 'whatsapp',
  block_users: names.map((name) => ({ user: `+${waId(name)}` })),
});
const received = async () => (await calls.webhooks('messages')).filter((value) => 'messages' in value).length;

it('who is blocked is on the list, is not heard, and is not reached; and all of it ends', async () => {
  const blocked = await calls.post(edge(), users('ana'));
  expect(responseValidator('block-users')(blocked.json)).toEqual([]);
  expect(blocked.json).toMatchObject({
    block_users: { added_users: [{ input: `+${waId('ana')}`, wa_id: waId('ana') }] },
  });
  const list = await calls.get(edge());
  expect(responseValidator('block-users', 'GET')(list.json)).toEqual([]);
  expect(list.json['data']).toEqual([{ messaging_product: 'whatsapp', wa_id: waId('ana') }]);

  const before = await received();
  await calls.play('  - customer.sends: { from: ana, text: Hello? }');
  expect(await received()).toBe(before);

  await calls.post(`v23.0/${calls.cast.phoneNumberId}/messages`, {
    messaging_product: 'whatsapp',
    to: waId('ana'),
    text: { body: 'Hi' },
  });
  await calls.world.advance(5_000);
  const [status] = (await calls.webhooks('messages')).flatMap(
    (value) => (value['statuses'] ?? []) as object[],
  );
  expect(status).toMatchObject({ status: 'failed', errors: [{ code: 130403 }] });

  const unblocked = await calls.del(edge(), users('ana'));
  expect(responseValidator('block-users', 'DELETE')(unblocked.json)).toEqual([]);
  expect((await calls.get(edge())).json).toEqual({ data: [] });
  await calls.play('  - customer.sends: { from: ana, text: Hello! }');
  expect(await received()).toBe(before + 1);
});

it('who has not written lately cannot be blocked; the others are, in the same body as the error', async () => {
  const answer = await calls.post(edge(), users('ana', 'bea'));
  expect(answer).toMatchObject({
    status: 400,
    json: {
      block_users: { added_users: [{ wa_id: waId('ana') }], failed_users: [{ wa_id: waId('bea') }] },
      error: { code: 139100 },
    },
  });
  expect(errorValidator()({ error: answer.json['error'] })).toEqual([]);
  expect((await calls.get(edge())).json['data']).toHaveLength(1);
  await calls.world.advance(25 * 3_600_000);
  await calls.del(edge(), users('ana'));
  expect(await calls.post(edge(), users('ana'))).toMatchObject({ status: 400 });
});
