/** What is one too many, one too long or too large, asked over HTTP at each limit. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Behaviour } from '../../core/behaviour.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import { openCalls, type Answer, type RealCalls } from '../../real-calls.test.setup.ts';

let calls: RealCalls;
afterEach(() => calls.close());

const open = async (behaviour: Partial<Behaviour> = {}, top = ''): Promise<void> => {
  calls = await openCalls(top, behaviour);
};

const send = (body: JsonObject, to = 'ana'): Promise<Answer> =>
  calls.post(`v23.0/${calls.cast.phoneNumberId}/messages`, {
    messaging_product: 'whatsapp',
    to: calls.cast.customers[to]?.waId ?? to,
    ...body,
  });

const long = (length: number): string => 'x'.repeat(length);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const interactive = (type: string, action: JsonValue, more: JsonObject = {}): JsonObject => ({
  type: 'interactive',
  interactive: { type, body: { text: 'Hi' }, action, ...more },
});
const button = (id: string, title: string) => ({ type: 'reply', reply: { id, title } });
const buttons = (count: number) => ({ buttons: times(count, (index) => button(`b${index}`, `T${index}`)) });
const row = (index: number, more: JsonObject = {}) => ({ id: `r${index}`, title: `T${index}`, ...more });
const list = (sections: JsonValue, label = 'Choose') => ({ button: label, sections });
const products = (count: number) => ({
  catalog_id: '1',
  sections: [{ title: 'S', product_items: times(count, (index) => ({ product_retailer_id: `p${index}` })) }],
});
const link = (kind: string, more: JsonObject) => ({
  type: kind,
  [kind]: { link: 'https://example.com/a', ...more },
});
const flow = (cta: string) => ({
  name: 'flow',
  parameters: { flow_message_version: '3', flow_id: '1', flow_cta: cta },
});
const url = (text: string) => ({ name: 'cta_url', parameters: { display_text: text, url: 'https://a.io' } });
const card = (index: number, text = 'Hi') => ({
  card_index: index,
  type: 'cta_url',
  header: { type: 'image', image: { link: 'https://example.com/a.jpg' } },
  body: { text },
  action: url('Go'),
});
const person = { name: { formatted_name: 'Ana', first_name: 'Ana' } };

/** What is taken at the limit and refused beyond it. @see Meta: the page of each message type (documented) */
const limits: readonly (readonly [string, number, (size: number) => JsonObject])[] = [
  ['characters of a text', 4096, (size) => ({ type: 'text', text: { body: long(size) } })],
  ['of an image’s caption', 1024, (size) => link('image', { caption: long(size) })],
  ['of a film’s caption', 1024, (size) => link('video', { caption: long(size) })],
  ['of a document’s caption', 1024, (size) => link('document', { caption: long(size) })],
  ['cards of contacts', 257, (size) => ({ type: 'contacts', contacts: times(size, () => person) })],
  [
    'of callback data',
    512,
    (size) => ({ type: 'text', text: { body: 'a' }, biz_opaque_callback_data: long(size) }),
  ],
  ['reply buttons', 3, (size) => interactive('button', buttons(size))],
  ['of a button’s title', 20, (size) => interactive('button', { buttons: [button('a', long(size))] })],
  ['of a button’s id', 256, (size) => interactive('button', { buttons: [button(long(size), 'a')] })],
  [
    'of a body above buttons',
    1024,
    (size) => interactive('button', buttons(1), { body: { text: long(size) } }),
  ],
  ['of a footer', 60, (size) => interactive('button', buttons(1), { footer: { text: long(size) } })],
  [
    'of a header',
    60,
    (size) => interactive('button', buttons(1), { header: { type: 'text', text: long(size) } }),
  ],
  ['rows in a list', 10, (size) => interactive('list', list([{ rows: times(size, row) }]))],
  [
    'rows over all sections',
    10,
    (size) =>
      interactive(
        'list',
        list([
          { title: 'A', rows: times(5, row) },
          { title: 'B', rows: times(size - 5, (index) => row(index + 5)) },
        ]),
      ),
  ],
  [
    'sections',
    10,
    (size) => interactive('list', list(times(size, (index) => ({ title: 'S', rows: [row(index)] })))),
  ],
  ['of a section’s title', 24, (size) => interactive('list', list([{ title: long(size), rows: [row(0)] }]))],
  ['of a row’s title', 24, (size) => interactive('list', list([{ rows: [row(0, { title: long(size) })] }]))],
  ['of a row’s id', 200, (size) => interactive('list', list([{ rows: [row(0, { id: long(size) })] }]))],
  [
    'of a row’s description',
    72,
    (size) => interactive('list', list([{ rows: [row(0, { description: long(size) })] }])),
  ],
  ['of a list’s button', 20, (size) => interactive('list', list([{ rows: [row(0)] }], long(size)))],
  [
    'of a body above a list',
    4096,
    (size) => interactive('list', list([{ rows: [row(0)] }]), { body: { text: long(size) } }),
  ],
  [
    'products',
    30,
    (size) => interactive('product_list', products(size), { header: { type: 'text', text: 'H' } }),
  ],
  ['of a link’s label', 20, (size) => interactive('cta_url', url(long(size)))],
  ['of a flow’s label', 30, (size) => interactive('flow', flow(long(size)))],
  [
    'cards in a carousel',
    10,
    (size) => interactive('carousel', { cards: times(size, (index) => card(index)) }),
  ],
  ['of a card’s body', 160, (size) => interactive('carousel', { cards: [card(0, long(size)), card(1)] })],
];

describe('a message', () => {
  test.each(limits)('%s: %i are taken, one more is refused', async (_what, most, make) => {
    await open({}, 'number: cloud-api');
    await calls.play('  - customer.sends: { from: ana, text: Oi }');
    const [within, beyond] = [await send(make(most)), await send(make(most + 1))];
    expect(within.json).toMatchObject({ messages: [{ id: expect.stringContaining('wamid.') as string }] });
    expect(beyond.status).toBe(400);
    expect([100, 131_009]).toContain((beyond.json['error'] as JsonObject)['code']);
  });

  test.each<[string, JsonObject]>([
    ['one card alone', interactive('carousel', { cards: [card(0)] })],
    ['an id twice', interactive('button', { buttons: [button('a', 'A'), button('a', 'B')] })],
    ['a title twice', interactive('button', { buttons: [button('a', 'A'), button('b', 'A')] })],
  ])('%s is refused', async (_what, body) => {
    await open({}, 'number: cloud-api');
    const { status, json } = await send(body);
    expect(status).toBe(400);
    expect([100, 131_009]).toContain((json['error'] as JsonObject)['code']);
  });
});

const template = { type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } };

/** Error codes of the `failed` statuses so far. */
async function failures(): Promise<readonly unknown[]> {
  await calls.play('  - time.passes: 10s');
  const values = await calls.webhooks('messages');
  return values
    .flatMap((value) => (value['statuses'] ?? []) as readonly { errors?: readonly { code: number }[] }[])
    .flatMap(({ errors = [] }) => errors.map(({ code }) => code));
}

describe('who is written to first', () => {
  test('one user too many in a day fails, whoever wrote before does not count, and a day later all is well', async () => {
    await open({ messagingLimit: 1 });
    await send(template, 'ana');
    await send(template, 'ana');
    expect(await failures()).toEqual([]);
    await send(template, 'bea');
    expect(await failures()).toEqual([131_048]);
    await calls.play('  - customer.sends: { from: bea, text: Oi }');
    await send(template, 'bea');
    expect(await failures()).toEqual([131_048]);
    await calls.play('  - time.passes: 49h');
    await send(template, 'bea');
    expect(await failures()).toEqual([131_048]);
  });

  test.each([
    [250, 'TIER_250'],
    [2_000, 'TIER_2K'],
    [10_000, 'TIER_10K'],
    [100_000, 'TIER_100K'],
    [1_000_000, 'TIER_UNLIMITED'],
  ])('%i is %s on the nodes', async (messagingLimit, tier) => {
    await open({ messagingLimit });
    for (const id of [calls.cast.phoneNumberId, calls.cast.wabaId]) {
      const field = 'whatsapp_business_manager_messaging_limit';
      expect((await calls.get(`v23.0/${id}?fields=${field}`)).json[field]).toBe(tier);
    }
  });
});

describe('files', () => {
  const upload = async (type: string, bytes: number): Promise<string> => {
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('type', type);
    form.set('file', new Blob([new Uint8Array(bytes)], { type }), 'a');
    const { json } = await calls.post(`v23.0/${calls.cast.phoneNumberId}/media`, form);
    return json['id'] as string;
  };

  test.each([
    ['image', 'image/jpeg', 5 * 1024 * 1024],
    ['sticker', 'image/webp', 500 * 1024],
    ['audio', 'audio/mpeg', 16 * 1024 * 1024],
    ['video', 'video/mp4', 16 * 1024 * 1024],
  ])('%s of %s: %i bytes arrive, one more does not', async (kind, type, most) => {
    await open();
    await calls.play('  - customer.sends: { from: ana, text: Oi }');
    await send({ type: kind, [kind]: { id: await upload(type, most) } });
    expect(await failures()).toEqual([]);
    await send({ type: kind, [kind]: { id: await upload(type, most + 1) } });
    expect(await failures()).toEqual([131_053]);
  });

  test('a voice note is Opus in Ogg, and no other audio', async () => {
    await open();
    await calls.play('  - customer.sends: { from: ana, text: Oi }');
    await send({ type: 'audio', audio: { id: await upload('audio/ogg', 10), voice: true } });
    await send({ type: 'audio', audio: { id: await upload('audio/mpeg', 10) } });
    expect(await failures()).toEqual([]);
    await send({ type: 'audio', audio: { id: await upload('audio/mpeg', 10), voice: true } });
    expect(await failures()).toEqual([131_053]);
  });
});

describe('white space in a template’s parameters', () => {
  const update = (text: string): JsonObject => ({
    messaging_product: 'whatsapp',
    to: calls.cast.customers['ana']?.waId ?? '',
    type: 'template',
    template: {
      name: 'order_update',
      language: { code: 'en_US' },
      components: [{ type: 'body', parameters: [{ type: 'text', text }] }],
    },
  });
  const sendAt = (version: string, text: string) =>
    calls.post(`${version}/${calls.cast.phoneNumberId}/messages`, update(text));

  test.each(['A\nB', 'A\tB', 'A     B'])('%j has a code of its own from v23.0', async (text) => {
    await open();
    expect((await sendAt('v23.0', 'A    B')).status).toBe(200);
    expect(await sendAt('v23.0', text)).toMatchObject({ status: 400, json: { error: { code: 132_018 } } });
    expect(await sendAt('v22.0', text)).toMatchObject({ status: 400, json: { error: { code: 100 } } });
  });
});
