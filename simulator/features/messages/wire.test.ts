/** What customers send and what becomes of sends, as webhooks over the whole simulator. */
import { afterEach, expect, test } from 'vitest';
import { webhookValidator } from '../../../contracts/catalogue.ts';
import type { Behaviour } from '../../core/behaviour.ts';
import type { JsonObject } from '../../core/json.ts';
import { openCalls, type RealCalls } from '../../real-calls.test.setup.ts';

let calls: RealCalls;
afterEach(() => calls.close());

const open = async (behaviour: Partial<Behaviour> = {}): Promise<void> => {
  calls = await openCalls('', behaviour);
};

/** Items of the `messages` webhooks so far, each held to its contract. */
async function items(key: 'messages' | 'statuses'): Promise<readonly JsonObject[]> {
  const values = await calls.webhooks('messages');
  for (const value of values) expect(webhookValidator('messages')(value)).toEqual([]);
  return values.flatMap((value) => (value[key] ?? []) as readonly JsonObject[]);
}

test.each<[string, string, JsonObject]>([
  [
    'an order',
    'order: { items: [{ product: A, quantity: 2, price: 7.5, currency: BRL }] }',
    {
      type: 'order',
      order: {
        catalog_id: expect.stringMatching(/^\d+$/) as string,
        text: '',
        product_items: [{ product_retailer_id: 'A', quantity: 2, item_price: 7.5, currency: 'BRL' }],
      },
    },
  ],
  [
    'a row of a list',
    'listReply: { id: r1, title: Quinta, description: 15h }',
    {
      type: 'interactive',
      interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'Quinta', description: '15h' } },
    },
  ],
  [
    'a flow',
    'flowReply: { flow_token: t, day: 3 }',
    {
      type: 'interactive',
      interactive: {
        type: 'nfm_reply',
        nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"flow_token":"t","day":3}' },
      },
    },
  ],
  [
    'a permission to call',
    'callPermission: reject',
    {
      type: 'interactive',
      interactive: {
        type: 'call_permission_reply',
        call_permission_reply: { response: 'reject', response_source: 'user_action' },
      },
    },
  ],
  ['a forwarded message', 'text: a, forwarded: true', { context: { forwarded: true } }],
  ['a much forwarded one', 'text: a, forwarded: often', { context: { frequently_forwarded: true } }],
  [
    'a question about a product',
    'text: a, product: SKU-1',
    {
      context: {
        referred_product: {
          catalog_id: expect.stringMatching(/^\d+$/) as string,
          product_retailer_id: 'SKU-1',
        },
      },
    },
  ],
  [
    'an ad with a film',
    'text: a, viaAd: video',
    {
      referral: expect.objectContaining({
        media_type: 'video',
        video_url: expect.stringContaining('https://') as string,
        thumbnail_url: expect.stringContaining('https://') as string,
        ctwa_clid: expect.stringMatching(/^.{80}$/) as string,
      }) as JsonObject,
    },
  ],
  [
    'an ad in a status',
    'text: a, viaAd: status',
    { referral: expect.not.objectContaining({ ctwa_clid: expect.anything() as string }) as JsonObject },
  ],
])('%s', async (_what, content, expected) => {
  await open();
  await calls.play(`  - customer.sends: { from: ana, ${content} }`);
  expect(await items('messages')).toMatchObject([expected]);
});

test('a customer who moves is announced, writes from the new number, and is gone from the old one', async () => {
  await open();
  const old = calls.cast.customers['ana']?.waId ?? '';
  await calls.play('  - customer.changesNumber: { from: ana }\n  - customer.sends: { from: ana, text: Oi }');
  const [notice, message] = await items('messages');
  const moved = calls.cast.customers['ana']?.waId ?? '';
  expect(moved).not.toBe(old);
  expect(notice).toMatchObject({
    from: old,
    type: 'system',
    system: { type: 'user_changed_number', wa_id: moved, body: `User Ana changed from ${old} to ${moved}` },
  });
  expect((await calls.webhooks('messages'))[0]).not.toHaveProperty('contacts');
  expect(message).toMatchObject({ from: moved });
  const send = (to: string) =>
    calls.post(`v23.0/${calls.cast.phoneNumberId}/messages`, {
      messaging_product: 'whatsapp',
      to,
      type: 'text',
      text: { body: 'Oi' },
    });
  await send(old);
  await send(moved);
  await calls.play('  - time.passes: 10s');
  const statuses = await items('statuses');
  expect(statuses.filter(({ recipient_id: to }) => to === old)).toMatchObject([
    { status: 'failed', errors: [{ code: 131_026 }] },
  ]);
  expect(statuses.filter(({ recipient_id: to }) => to === moved).map(({ status }) => status)).toEqual([
    'sent',
    'delivered',
    'read',
  ]);
});

test('before user ids the notice has the older form', async () => {
  await open({ userIds: false });
  await calls.play('  - customer.changesNumber: { from: ana }');
  const moved = calls.cast.customers['ana']?.waId;
  expect(await items('messages')).toMatchObject([
    { system: { type: 'customer_changed_number', new_wa_id: moved } },
  ]);
});

const answerAna = async (
  body: JsonObject = { type: 'text', text: { body: 'Oi' } },
): Promise<readonly JsonObject[]> => {
  const sent = await calls.post(`v23.0/${calls.cast.phoneNumberId}/messages`, {
    messaging_product: 'whatsapp',
    to: calls.cast.customers['ana']?.waId ?? '',
    ...body,
  });
  expect(sent.status).toBe(200);
  const { messages } = sent.body as { messages: [{ id: string }] };
  const [{ id }] = messages;
  await calls.play('  - time.passes: 10s');
  return (await items('statuses')).filter((status) => status['id'] === id);
};

test.each([
  [23, true],
  [24, false],
])('webhooks of v%i show a conversation: %s', async (webhookVersion, shown) => {
  await open({ webhookVersion });
  await calls.play('  - customer.sends: { from: ana, text: Oi }');
  const [sent, delivered] = await answerAna();
  expect('conversation' in (sent ?? {})).toBe(shown);
  if (!shown) return;
  expect(sent?.['conversation']).toMatchObject({
    expiration_timestamp: String(Number(sent?.['timestamp']) + 86_400),
    origin: { type: 'service' },
  });
  expect(delivered?.['conversation']).not.toHaveProperty('expiration_timestamp');
});

test('who came through an ad and is answered within a day is free for three', async () => {
  await open();
  await calls.play('  - customer.sends: { from: ana, text: Oi, viaAd: true }\n  - time.passes: 23h');
  const free = { pricing: { billable: false, category: 'referral_conversion', type: 'free_entry_point' } };
  const [sent] = await answerAna();
  expect(sent).toMatchObject({
    ...free,
    conversation: {
      origin: { type: 'referral_conversion' },
      expiration_timestamp: String(Number(sent?.['timestamp']) + 3 * 86_400),
    },
  });
  await calls.play('  - time.passes: 71h');
  const template = { type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } };
  expect((await answerAna(template))[0]).toMatchObject(free);
  await calls.play('  - time.passes: 2h');
  expect((await answerAna(template))[0]).not.toMatchObject(free);
});

test('who is answered later than a day pays', async () => {
  await open();
  await calls.play('  - customer.sends: { from: ana, text: Oi, viaAd: true }\n  - time.passes: 25h');
  const template = { type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } };
  expect((await answerAna(template))[0]).toMatchObject({
    pricing: { type: expect.not.stringContaining('free_entry') as string },
  });
});

test('a voice note is played after it was read', async () => {
  await open();
  await calls.play('  - customer.sends: { from: ana, text: Oi }');
  const link = 'https://example.com/nota.ogg';
  const statuses = await answerAna({ type: 'audio', audio: { link, voice: true } });
  expect(statuses.map(({ status }) => status)).toEqual(['sent', 'delivered', 'read', 'played']);
  expect((await answerAna({ type: 'audio', audio: { link } })).map(({ status }) => status)).toEqual([
    'sent',
    'delivered',
    'read',
  ]);
});

test('whoever hides the number is known by the user id and the username from then on', async () => {
  await open();
  await calls.play(`  - customer.sends: { from: ana, text: Oi }
  - customer.hidesNumber: { from: ana, username: ana.l }
  - customer.sends: { from: ana, text: Oi de novo }`);
  const values = await calls.webhooks('messages');
  const [before, after] = values.map((value) => ({
    from: (value['messages'] as readonly JsonObject[])[0],
    card: (value['contacts'] as readonly JsonObject[])[0],
  }));
  expect(before?.from).toHaveProperty('from');
  expect(after?.from).not.toHaveProperty('from');
  expect(after?.from?.['from_user_id']).toBe(before?.from?.['from_user_id']);
  expect(after?.card).toMatchObject({ profile: { username: 'ana.l' } });
  expect(after?.card).not.toHaveProperty('wa_id');
});

test('a field that nobody knows reaches the callback, with the furniture of the others', async () => {
  await open();
  await calls.play('  - meta.invents: { field: ambient_notes, value: { notes: [1] } }');
  const [value] = await calls.webhooks('ambient_notes');
  expect(value).toMatchObject({ messaging_product: 'whatsapp', notes: [1] });
  expect(value?.['metadata']).toHaveProperty('phone_number_id');
});

test('a Brazilian number is printed without its ninth digit in echoes, where that is so', async () => {
  await open({ echoNinthDigit: false });
  await calls.play('  - app.sends: { to: ana, text: Oi }');
  const [value] = await calls.webhooks('smb_message_echoes');
  const waId = calls.cast.customers['ana']?.waId ?? '';
  const [echo] = (value?.['message_echoes'] ?? []) as readonly JsonObject[];
  expect(waId).toMatch(/^55\d{2}9\d{8}$/);
  expect(echo?.['to']).toBe(waId.slice(0, 4) + waId.slice(5));
});
