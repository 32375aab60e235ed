import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  errorValidator,
  graphErrors,
  responseValidator,
  webhookValidator,
} from '../../../contracts/catalogue.ts';
import type { JsonObject } from '../../core/json.ts';
import { openCalls, type Answer, type RealCalls } from '../../real-calls.test.setup.ts';
import { isVariableAtEdge, variablesIn, wordsBesideVariables } from './variables.ts';

let calls: RealCalls;
beforeEach(async () => {
  calls = await openCalls();
});
afterEach(() => calls.close());

const edge = () => `v23.0/${calls.cast.wabaId}/message_templates`;
const body = (text: string, example?: JsonObject): JsonObject => ({
  type: 'BODY',
  text,
  ...(example && { example }),
});
const plain: JsonObject = {
  name: 'parcel_ready',
  language: 'en_GB',
  category: 'UTILITY',
  components: [body('Your parcel is ready.')],
};
const create = (change: JsonObject = {}) => calls.post(edge(), { ...plain, ...change });
const approved = async (change: JsonObject = {}): Promise<string> => {
  const { json } = await create(change);
  await calls.play(
    `  - meta.reviewsTemplate: { template: ${(change['name'] as string | undefined) ?? 'parcel_ready'}, status: APPROVED }`,
  );
  return json['id'] as string;
};
const list = async (query: string) => (await calls.get(`${edge()}?${query}`)).json['data'] as JsonObject[];
const errorOf = ({ json }: Answer) => json['error'] as JsonObject;

const send = (components: readonly JsonObject[], name = 'parcel_ready') =>
  calls.post(`v23.0/${calls.cast.phoneNumberId}/messages`, {
    messaging_product: 'whatsapp',
    to: calls.cast.customers['ana']!.waId,
    type: 'template',
    template: { name, language: { code: 'en_GB' }, components },
  });
const text = (...texts: readonly string[]) => texts.map((one) => ({ type: 'text', text: one }));

describe('a template', () => {
  it('is pending, approved after the review, and its subscribers hear of it', async () => {
    const created = await create();
    expect(created.json).toMatchObject({ status: 'PENDING', category: 'UTILITY' });
    expect(responseValidator('message-templates')(created.json)).toEqual([]);
    expect((await send([])).json).toMatchObject({ error: { code: 132001 } });
    await calls.world.advance(6 * 60_000);
    const node = await calls.get(`v23.0/${created.json['id'] as string}?fields=status,rejected_reason`);
    expect(node.json).toEqual({ status: 'APPROVED', rejected_reason: 'NONE', id: created.json['id'] });
    expect(await send([])).toMatchObject({ status: 200 });
    const [heard] = await calls.webhooks('message_template_status_update');
    expect(heard).toMatchObject({ event: 'APPROVED', message_template_name: 'parcel_ready', reason: 'NONE' });
    expect(webhookValidator('message_template_status_update')(heard)).toEqual([]);
  });

  it('is in the list, which is filtered, cut and selected', async () => {
    await create();
    await create({ name: 'sale', category: 'MARKETING' });
    expect(await list('name=sale&fields=name')).toMatchObject([{ name: 'sale' }]);
    expect((await list('status=pending')).map(({ name }) => name)).toEqual(['sale', 'parcel_ready']);
    expect((await list('name_or_content=parcel_')).map(({ name }) => name)).toEqual(['parcel_ready']);
    expect(await list('category=MARKETING&status=APPROVED')).toMatchObject([{ name: 'seasonal_offer' }]);
    const page = await calls.get(`${edge()}?limit=2`);
    expect(responseValidator('message-templates', 'GET')(page.json)).toEqual([]);
    const { next } = page.json['paging'] as { next: string };
    expect(new URL(next).searchParams.get('limit')).toBe('2');
  });

  it('can be deleted by name, and its name is blocked for a month', async () => {
    await approved();
    expect((await calls.del(`${edge()}?name=parcel_ready`)).json).toEqual({ success: true });
    expect(await list('name=parcel_ready')).toEqual([]);
    expect(errorOf(await create())).toMatchObject({ error_subcode: 2388023 });
    await calls.world.advance(31 * 24 * 3_600_000);
    expect(await create()).toMatchObject({ status: 200 });
    expect(errorOf(await calls.del(`${edge()}?name=nobody`))).toMatchObject({ error_subcode: 2593002 });
  });

  it('that was never approved frees its name at once; one of two languages leaves the other', async () => {
    const { json } = await create();
    await create({ language: 'pt_BR' });
    await calls.del(`${edge()}?name=parcel_ready&hsm_id=${json['id'] as string}`);
    expect(await list('name=parcel_ready&fields=language')).toMatchObject([{ language: 'pt_BR' }]);
    expect(await create()).toMatchObject({ status: 200 });
  });

  it('can be edited once a day while approved, and is reviewed anew', async () => {
    const id = await approved();
    const edit = () => calls.post(`v23.0/${id}`, { components: [body('Your parcel has come.')] });
    expect((await edit()).json).toEqual({ success: true });
    expect(await calls.webhooks('message_template_components_update')).toMatchObject([
      { message_template_element: 'Your parcel has come.' },
    ]);
    expect(errorOf(await edit())).toMatchObject({ error_subcode: 2388039 });
    await calls.world.advance(10 * 60_000);
    expect((await calls.get(`v23.0/${id}?fields=status`)).json).toMatchObject({ status: 'APPROVED' });
    expect(errorOf(await edit())).toMatchObject({ error_subcode: 2388039 });
    await calls.world.advance(24 * 3_600_000);
    expect((await edit()).json).toEqual({ success: true });
  });

  it('rests while it is paused, for three hours', async () => {
    await approved();
    await calls.play('  - meta.reviewsTemplate: { template: parcel_ready, status: PAUSED }');
    expect(errorOf(await send([]))).toMatchObject({ code: 132015 });
    await calls.world.advance(3 * 3_600_000);
    expect(await send([])).toMatchObject({ status: 200 });
    await calls.play('  - meta.reviewsTemplate: { template: parcel_ready, status: DISABLED }');
    expect(errorOf(await send([]))).toMatchObject({ code: 132016 });
    for (const heard of await calls.webhooks('message_template_status_update'))
      expect(webhookValidator('message_template_status_update')(heard)).toEqual([]);
  });

  it('is rated: quality at once, a category after a day’s notice', async () => {
    const id = await approved();
    await calls.play(
      '  - meta.ratesTemplate: { template: parcel_ready, quality: YELLOW, category: MARKETING }',
    );
    expect((await calls.get(`v23.0/${id}?fields=category,quality_score`)).json).toMatchObject({
      category: 'UTILITY',
      quality_score: { score: 'YELLOW' },
    });
    await calls.world.advance(25 * 3_600_000);
    expect((await calls.get(`v23.0/${id}?fields=category,previous_category`)).json).toMatchObject({
      category: 'MARKETING',
      previous_category: 'UTILITY',
    });
    for (const field of ['message_template_quality_update', 'template_category_update']) {
      expect((await calls.webhooks(field)).length, field).toBeGreaterThan(0);
      for (const heard of await calls.webhooks(field)) expect(webhookValidator(field)(heard)).toEqual([]);
    }
  });

  it('is approved, and comes back from a pause, although it was rated meanwhile', async () => {
    const id = (await create()).json['id'] as string;
    const rate = (quality: string) =>
      calls.play(`  - meta.ratesTemplate: { template: parcel_ready, quality: ${quality} }`);
    const status = async () => (await calls.get(`v23.0/${id}?fields=status`)).json['status'];
    await calls.world.advance(60_000);
    await rate('YELLOW');
    await calls.world.advance(6 * 60_000);
    expect(await status()).toBe('APPROVED');
    await calls.play('  - meta.reviewsTemplate: { template: parcel_ready, status: PAUSED }');
    await calls.world.advance(60_000);
    await rate('RED');
    await calls.world.advance(3 * 3_600_000);
    expect(await status()).toBe('APPROVED');
  });

  it('that nobody knows is a mistake of the scenario', async () => {
    await expect(
      calls.play('  - meta.reviewsTemplate: { template: nobody, status: PAUSED }'),
    ).rejects.toThrow('There is no template “nobody”.');
  });
});

describe('a draft is refused', () => {
  const header = (text_: string, example?: JsonObject) => ({
    type: 'HEADER',
    format: 'TEXT',
    text: text_,
    ...(example && { example }),
  });
  const buttons = (...list_: readonly JsonObject[]) => ({ type: 'BUTTONS', buttons: list_ });
  const fine = body('Your parcel is ready.');
  const sample = { body_text: [['A-7']] };

  it.each<[string, JsonObject, number | undefined, number?]>([
    ['a name with capitals', { name: 'Parcel' }, 2388046],
    ['a language that is none', { language: 'english' }, 2388049],
    ['no body', { components: [header('Hi')] }, 2388072],
    ['two bodies', { components: [fine, fine] }, 2388072],
    ['a body of 1025 characters', { components: [body('a'.repeat(1025))] }, 2388040],
    ['a variable without example', { components: [body('Your parcel {{1}} is ready for you.')] }, 2388043],
    ['a variable at the end', { components: [body('Your parcel is {{1}}', sample)] }, 2388299],
    ['more variables than words allow', { components: [body('So {{1}} is {{2}} ok', sample)] }, 2388293],
    ['two variables in a header', { components: [fine, header('{{1}} {{2}}')] }, 2388047],
    ['a header of 61 characters', { components: [fine, header('a'.repeat(61))] }, 2388040],
    ['a picture without example', { components: [fine, { type: 'HEADER', format: 'IMAGE' }] }, 2388043],
    ['a footer with a variable', { components: [fine, { type: 'FOOTER', text: '{{1}}' }] }, 2388073],
    [
      'a button of 26 characters',
      { components: [fine, buttons({ type: 'QUICK_REPLY', text: 'a'.repeat(26) })] },
      2388040,
    ],
    [
      'three links',
      {
        components: [
          fine,
          buttons(...[1, 2, 3].map(() => ({ type: 'URL', text: 'a', url: 'https://a.example' }))),
        ],
      },
      undefined,
    ],
    [
      'quick replies apart',
      {
        components: [
          fine,
          buttons(
            { type: 'QUICK_REPLY', text: 'a' },
            { type: 'URL', text: 'b', url: 'https://a.example' },
            { type: 'QUICK_REPLY', text: 'c' },
          ),
        ],
      },
      undefined,
    ],
    [
      'a phone that is none',
      { components: [fine, buttons({ type: 'PHONE_NUMBER', text: 'a', phone_number: 'x' })] },
      undefined,
      192,
    ],
  ])('with %s', async (_what, change, subcode, code = 100) => {
    const answer = await create(change);
    expect(answer.status).toBe(400);
    expect(errorValidator()(answer.json)).toEqual([]);
    expect(errorOf(answer)).toMatchObject({ code, ...(subcode !== undefined && { error_subcode: subcode }) });
    const listed = graphErrors('message-templates').map((error) => [error.code, error.subcode]);
    expect(listed).toContainEqual([code, subcode]);
  });

  it('with content that is there already, naming the language', async () => {
    await create({ language: 'pt_BR' });
    expect(errorOf(await create({ language: 'pt_BR' }))).toMatchObject({
      error_subcode: 2388024,
      error_user_msg: expect.stringContaining('There is already') as string,
    });
  });
});

describe('a message fits its template', () => {
  const rich: JsonObject = {
    components: [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::aW'] } },
      body('Your parcel {{1}} is ready for you.', { body_text: [['A-7']] }),
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'URL', text: 'Track', url: 'https://a.example/{{1}}', example: ['https://a.example/t'] },
          { type: 'COPY_CODE', example: '10OFF' },
        ],
      },
    ],
  };
  const picture = {
    type: 'header',
    parameters: [{ type: 'image', image: { link: 'https://a.example/a.png' } }],
  };
  const parcel = { type: 'body', parameters: text('A-7') };
  const url = { type: 'button', sub_type: 'url', index: '0', parameters: text('t') };
  const coupon = {
    type: 'button',
    sub_type: 'copy_code',
    index: 1,
    parameters: [{ type: 'coupon_code', coupon_code: 'X' }],
  };

  it.each<[string, readonly JsonObject[], number | undefined, string?]>([
    ['all of it', [picture, parcel, url, coupon], undefined],
    [
      'no picture',
      [parcel, url, coupon],
      132012,
      'header: Format mismatch, expected IMAGE, received UNKNOWN',
    ],
    ['a text for the picture', [{ type: 'header', parameters: text('a') }, parcel, url, coupon], 132012],
    [
      'no parameter in the body',
      [picture, url, coupon],
      132000,
      'body: number of localizable_params (0) does not match the expected number of params (1)',
    ],
    ['two in the body', [picture, { type: 'body', parameters: text('a', 'b') }, url, coupon], 132000],
    [
      'no link',
      [picture, parcel, coupon],
      131008,
      'buttons: Button at index 0 of type Url requires a parameter',
    ],
    ['no coupon', [picture, parcel, url], 131008],
    [
      'a body that grows too long',
      [picture, { type: 'body', parameters: text('a'.repeat(1_000)) }, url, coupon],
      132005,
    ],
  ])('or not: %s', async (_what, components, code, details) => {
    await approved(rich);
    const answer = await send(components);
    if (code === undefined) expect(answer).toMatchObject({ status: 200 });
    else
      expect(errorOf(answer)).toMatchObject({
        code,
        ...(details !== undefined && { error_data: { details } }),
      });
  });

  it('by names, each of them', async () => {
    await approved({
      parameter_format: 'NAMED',
      components: [
        body('Your parcel {{number}} is ready for you.', {
          body_text_named_params: [{ param_name: 'number', example: 'A-7' }],
        }),
      ],
    });
    const named = (name?: string) => [
      {
        type: 'body',
        parameters: [{ type: 'text', text: 'A-7', ...(name !== undefined && { parameter_name: name }) }],
      },
    ];
    expect(await send(named('number'))).toMatchObject({ status: 200 });
    expect(errorOf(await send(named()))).toMatchObject({ code: 100 });
    expect(errorOf(await send(named('colour')))).toMatchObject({ code: 132000 });
  });

  it('in each card of a carousel', async () => {
    const card = {
      components: [
        { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::aW'] } },
        body('It is {{1}} for you.', { body_text: [['red']] }),
      ],
    };
    await approved({
      category: 'MARKETING',
      components: [body('New in.'), { type: 'CAROUSEL', cards: [card, card] }],
    });
    const shown = (card_index: number, parameters: readonly JsonObject[]) => ({
      card_index,
      components: [picture, { type: 'body', parameters }],
    });
    const carousel = (...cards: readonly JsonObject[]) => [{ type: 'carousel', cards }];
    expect(await send(carousel(shown(0, text('a')), shown(1, text('b'))))).toMatchObject({ status: 200 });
    expect(errorOf(await send(carousel(shown(0, text('a')))))).toMatchObject({ code: 132000 });
    expect(errorOf(await send(carousel(shown(0, text('a')), shown(1, []))))).toMatchObject({ code: 132000 });
  });
});

it.each([
  ['{{1}} and {{ 2 }} and {{1}}', ['1', '2'], true, 2],
  ['Hello {{first_name}}!', ['first_name'], false, 1],
  ['nothing here', [], false, 2],
])('variables of “%s”', (template, names, atEdge, words) => {
  expect(variablesIn(template)).toEqual(names);
  expect(isVariableAtEdge(template)).toBe(atEdge);
  expect(wordsBesideVariables(template)).toBe(words);
});
