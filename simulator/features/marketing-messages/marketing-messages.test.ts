import { afterEach, beforeEach, expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import { openCalls, type RealCalls } from '../../real-calls.test.setup.ts';

let calls: RealCalls;
beforeEach(async () => {
  calls = await openCalls();
});
afterEach(() => calls.close());

const send = (name: string, edge = 'marketing_messages') =>
  calls.post(`v23.0/${calls.cast.phoneNumberId}/${edge}`, {
    messaging_product: 'whatsapp',
    to: calls.cast.customers['ana']!.waId,
    type: 'template',
    template: {
      name,
      language: { code: 'en_US' },
      components: [{ type: 'body', parameters: [{ type: 'text', text: 'boots' }] }],
    },
    product_policy: 'STRICT',
  });

it('marketing templates go out, others do not, and what is no template neither', async () => {
  const sent = await send('seasonal_offer');
  expect(responseValidator('marketing-messages')(sent.json)).toEqual([]);
  expect(sent.json).toMatchObject({ messages: [{ message_status: 'accepted' }] });
  expect(await send('order_update')).toMatchObject({ status: 400, json: { error: { code: 131055 } } });
  expect(await send('order_update', 'messages')).toMatchObject({ status: 200 });
  expect(await send('nobody')).toMatchObject({ status: 404, json: { error: { code: 132001 } } });
  const text = { messaging_product: 'whatsapp', to: '447700900456', type: 'text', text: { body: 'Hi' } };
  const answer = await calls.post(`v23.0/${calls.cast.phoneNumberId}/marketing_messages`, text);
  expect(answer).toMatchObject({ status: 400, json: { error: { code: 131055 } } });
});

it('who stopped them gets none, and the business hears why', async () => {
  await calls.play('  - customer.setsMarketing: { from: ana, to: stop }');
  await send('seasonal_offer');
  await calls.world.advance(5_000);
  const statuses = (await calls.webhooks('messages')).flatMap(
    (value) => (value['statuses'] ?? []) as object[],
  );
  expect(statuses).toMatchObject([{ status: 'failed', errors: [{ code: 131050 }] }]);
  await calls.play('  - customer.setsMarketing: { from: ana, to: resume }');
  await send('seasonal_offer');
  await calls.world.advance(5_000);
  expect(JSON.stringify(await calls.webhooks('messages'))).toContain('"status":"read"');
});
