import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { graphErrors, responseValidator, webhookValidator } from '../../../contracts/catalogue.ts';
import { openCalls, type Answer, type RealCalls } from '../../real-calls.test.setup.ts';
import { checkFlowJson } from './flow-json.ts';

let calls: RealCalls;
beforeEach(async () => {
  calls = await openCalls();
});
afterEach(() => calls.close());

const layout = { type: 'SingleColumnLayout', children: [{ type: 'Footer', label: 'Done' }] };
const good = { version: '7.0', screens: [{ id: 'DATES', title: 'Dates', terminal: true, layout }] };
const edge = () => `v23.0/${calls.cast.wabaId}/flows`;
const create = (over: Record<string, unknown> = {}) =>
  calls.post(edge(), { name: 'Dates', categories: ['OTHER'], ...(over as Record<string, string>) });
const subcode = ({ json }: Answer) => (json['error'] as { error_subcode?: number }).error_subcode;

function upload(id: string, json: unknown) {
  const form = new FormData();
  form.set('name', 'flow.json');
  form.set('asset_type', 'FLOW_JSON');
  form.set('file', new Blob([JSON.stringify(json)], { type: 'application/json' }), 'flow.json');
  return calls.post(`v23.0/${id}/assets`, form);
}

it('a draft gets its JSON, is published, and deprecated in the end', async () => {
  const created = await create();
  expect(responseValidator('flows')(created.json)).toEqual([]);
  const id = created.json['id'] as string;
  expect(subcode(await calls.post(`v23.0/${id}/publish`))).toBe(4233022);
  expect((await upload(id, { version: '7.0', screens: [] })).json['validation_errors']).toMatchObject([
    { error: 'MISSING_PROPERTY' },
  ]);
  const uploaded = await upload(id, good);
  expect(responseValidator('flow-assets')(uploaded.json)).toEqual([]);
  expect(uploaded.json).toEqual({ success: true, validation_errors: [] });
  expect((await calls.get(`v23.0/${id}/assets`)).json['data']).toMatchObject([{ asset_type: 'FLOW_JSON' }]);
  expect((await calls.post(`v23.0/${id}/publish`)).json).toEqual({ success: true });
  expect(subcode(await calls.del(`v23.0/${id}`))).toBe(4016012);
  const node = await calls.get(
    `v23.0/${id}?fields=id,name,status,json_version,preview,whatsapp_business_account`,
  );
  expect(responseValidator('flow', 'GET')(node.json)).toEqual([]);
  expect(node.json).toMatchObject({ name: 'Dates', status: 'PUBLISHED', json_version: '7.0' });
  expect((await calls.post(`v23.0/${id}/deprecate`)).json).toEqual({ success: true });
  const heard = await calls.webhooks('flows');
  expect(heard.map((value) => value['new_status'])).toEqual(['PUBLISHED', 'DEPRECATED']);
  for (const value of heard) expect(webhookValidator('flows')(value)).toEqual([]);
});

it('is created and published at once, cloned, renamed, listed, and deleted while a draft', async () => {
  const { json } = await create({ flow_json: JSON.stringify(good), publish: true });
  expect(json).toMatchObject({ success: true, validation_errors: [] });
  const clone = (await create({ name: 'Copy', clone_flow_id: json['id'] })).json['id'] as string;
  await calls.post(`v23.0/${clone}`, { name: 'Other', categories: '["SURVEY"]' });
  const list = await calls.get(`${edge()}?fields=name,status,categories`);
  expect(responseValidator('flows', 'GET')(list.json)).toEqual([]);
  expect(list.json['data']).toMatchObject([
    { name: 'Dates', status: 'PUBLISHED' },
    { name: 'Other', status: 'DRAFT', categories: ['SURVEY'] },
  ]);
  expect((await calls.del(`v23.0/${clone}`)).json).toEqual({ success: true });
  expect(await calls.get(`v23.0/${clone}`)).toMatchObject({
    json: { error: { code: 100, error_subcode: 33 } },
  });
});

it('refuses a name twice, publishing a bad one, and deprecating a draft, as the contract lists', async () => {
  const id = (await create()).json['id'] as string;
  const listed = (contract: string) => graphErrors(contract).map((error) => error.subcode);
  expect(subcode(await create())).toBe(4016019);
  expect(subcode(await create({ name: 'b', flow_json: '{}', publish: true }))).toBe(4233022);
  expect(listed('flows')).toEqual(expect.arrayContaining([4016019, 4233022]));
  expect(subcode(await calls.post(`v23.0/${id}/deprecate`))).toBe(4016010);
  expect(listed('flow-publish')).toContain(4016010);
});

describe('the JSON of a flow', () => {
  const screen = good.screens[0]!;
  it.each<[string, unknown, readonly string[]]>([
    ['good', good, []],
    ['no object', [], ['INVALID_FLOW_JSON']],
    ['no version', { screens: good.screens }, ['INVALID_PROPERTY_VALUE']],
    ['a screen twice', { ...good, screens: [screen, screen] }, ['DUPLICATE_SCREEN_ID']],
    ['no end', { ...good, screens: [{ ...screen, terminal: false }] }, ['MISSING_TERMINAL_SCREEN']],
    ['a bad id', { ...good, screens: [{ ...screen, id: '1' }] }, ['INVALID_PROPERTY_VALUE']],
    ['no layout', { ...good, screens: [{ ...screen, layout: undefined }] }, ['INVALID_PROPERTY_VALUE']],
  ])('%s', (_what, json, errors) => {
    expect(checkFlowJson(JSON.stringify(json)).map(({ error }) => error)).toEqual(errors);
  });

  it('that is none is said to be none', () => {
    expect(checkFlowJson('{')).toMatchObject([{ error: 'INVALID_FLOW_JSON' }]);
  });
});
