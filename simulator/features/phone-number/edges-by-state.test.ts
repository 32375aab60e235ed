/** What the edges of a number and its account answer in each state: one table, as coexistence closes them. */
import { describe, expect, it } from 'vitest';
import { generalErrors, graphErrors, responseValidator } from '../../../contracts/catalogue.ts';
import { createEngine } from '../../core/engine.ts';
import type { Feature, GraphRequest } from '../../core/feature.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { JsonObject } from '../../core/json.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import { callsFeature } from '../calls/feature.ts';
import { deregisterFeature } from '../deregister/feature.ts';
import { groupsFeature } from '../groups/feature.ts';
import { officialBusinessAccountFeature } from '../official-business-account/feature.ts';
import { productCatalogsFeature } from '../product-catalogs/feature.ts';
import { registerFeature } from '../register/feature.ts';
import { settingsFeature } from '../settings/feature.ts';
import { wabaFeature } from '../waba/feature.ts';
import { whatsappBusinessProfileFeature } from '../whatsapp-business-profile/feature.ts';
import { whatsappCommerceSettingsFeature } from '../whatsapp-commerce-settings/feature.ts';
import { phoneNumberFeature } from './feature.ts';

const features: readonly Feature[] = [
  callsFeature,
  deregisterFeature,
  groupsFeature,
  officialBusinessAccountFeature,
  phoneNumberFeature,
  productCatalogsFeature,
  registerFeature,
  settingsFeature,
  wabaFeature,
  whatsappBusinessProfileFeature,
  whatsappCommerceSettingsFeature,
];
const edges = features.flatMap((feature) => feature.edges ?? []);

/** `ok`, or the refusal's code with its subcode. */
function answer(state: NumberState, method: string, node: string, name: string, params: JsonObject): string {
  const edge = edges.find((one) => one.method === method && one.node === node && one.edge === name);
  if (!edge) throw new Error(`No feature has ${method} ${name}.`);
  const engine = createEngine(createWorld('edges'), [furniture, ...features], epochMs(0));
  const create: CreateNumber = { type: 'create-number', state, country: 'US' };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const nodeId = node === 'waba' ? created.reply.wabaId : created.reply.phoneNumberId;
  const request: GraphRequest = { method: edge.method, nodeId, token: '', params };
  const outcome = engine.execute(edge.parse(request));
  if (outcome.kind === 'mistaken') throw new Error(outcome.mistake.message);
  if (outcome.kind === 'refused') {
    const { code, subcode, httpStatus } = outcome.refusal;
    const listed = [...graphErrors(edge.contract), ...generalErrors()];
    expect(listed.map((error) => [error.code, error.subcode, error.httpStatus])).toContainEqual([
      code,
      subcode,
      httpStatus,
    ]);
    return subcode === undefined ? String(code) : `${code}/${subcode}`;
  }
  expect(responseValidator(edge.contract, edge.method)(edge.render(outcome.reply, request))).toEqual([]);
  return 'ok';
}

const states = ['fresh', 'app-only', 'coexistence', 'offboarded', 'disconnected', 'cloud-api'] as const;

describe.each<[string, JsonObject, ...string[]]>([
  // edge                                       parameters                fresh     app-only  coexist.  offboard. disconn.  cloud-api
  ['POST phone-number register', { pin: '123456' }, 'ok', '100', '100', '100', '100/33', 'ok'],
  ['POST phone-number deregister', {}, '133010', '100', '100', '100', '100/33', 'ok'],
  ['POST phone-number groups', { subject: 'a' }, '131215', '131215', '131215', '131215', '100/33', 'ok'],
  ['GET phone-number groups', {}, '131215', '131215', '131215', '131215', '100/33', 'ok'],
  ['POST phone-number calls', { action: 'connect' }, '138013', '138013', '138013', '138013', '100/33', 'ok'],
  [
    'POST phone-number calls',
    { action: 'terminate' },
    '138013',
    '138013',
    '138013',
    '138013',
    '100/33',
    'ok',
  ],
  ['POST phone-number settings', { calling: {} }, 'ok', '138013', '138013', '138013', '100/33', 'ok'],
  ['POST phone-number settings', { storage_configuration: {} }, 'ok', 'ok', 'ok', 'ok', '100/33', 'ok'],
  ['GET phone-number settings', {}, 'ok', 'ok', 'ok', 'ok', '100/33', 'ok'],
  [
    'POST phone-number official_business_account',
    { action: 'SUBMIT_APPLICATION' },
    ...['ok', '100', '100', '100', '100/33', 'ok'],
  ],
  ['GET phone-number official_business_account', {}, 'ok', 'ok', 'ok', 'ok', '100/33', 'ok'],
  ['POST phone-number whatsapp_business_profile', { about: 'a' }, 'ok', 'ok', 'ok', 'ok', '100/33', 'ok'],
  ['GET phone-number whatsapp_business_profile', {}, 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'],
  [
    'POST phone-number whatsapp_commerce_settings',
    { is_cart_enabled: 'true' },
    ...['ok', 'ok', 'ok', 'ok', '100/33', 'ok'],
  ],
  ['GET phone-number whatsapp_commerce_settings', {}, 'ok', 'ok', 'ok', 'ok', '100/33', 'ok'],
  ['GET phone-number ', {}, 'ok', 'ok', 'ok', 'ok', '100/33', 'ok'],
  ['POST phone-number ', { search_visibility: 'VISIBLE' }, 'ok', 'ok', 'ok', 'ok', '100/33', 'ok'],
  ['GET waba phone_numbers', {}, 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'],
  ['GET waba product_catalogs', {}, 'ok', '10', '10', '10', '10', 'ok'],
  ['POST waba product_catalogs', { catalog_id: '123456' }, 'ok', '10', '10', '10', '10', 'ok'],
  ['GET waba ', {}, 'ok', '100', 'ok', 'ok', 'ok', 'ok'],
  ['POST waba ', { is_enabled_for_insights: true }, 'ok', '10', '10', '10', '10', 'ok'],
  ['POST waba ', { is_enabled_for_insights: false }, 'ok', 'ok', 'ok', 'ok', 'ok', 'ok'],
])('%s with %o', (place, params, ...answers) => {
  const [method = '', node = '', edge = ''] = place.split(' ');
  it.each(states.map((state, index) => [state, answers[index]] as const))('%s: %s', (state, expected) => {
    expect(answer(state, method, node, edge, params)).toBe(expected);
  });
});
