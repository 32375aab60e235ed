import { describe, expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import { createEngine, type Outcome } from '../../core/engine.ts';
import type { GraphRequest } from '../../core/feature.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { JsonObject } from '../../core/json.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import { refusalOfFields, selectFields } from '../../graph/select.ts';
import type { UpdateWaba } from './events.ts';
import { wabaFeature } from './feature.ts';
import { wabaFields, type ShownWaba } from './fields.ts';
import { parseRead, parseUpdate, renderUpdated, renderWaba } from './wire.ts';

interface Stage {
  readonly wabaId: string;
  readonly ask: () => Outcome<ShownWaba>;
  readonly read: (fields?: readonly string[]) => JsonObject;
  readonly update: (params: JsonObject) => Outcome<UpdateWaba>;
}

function stage(state: NumberState): Stage {
  const engine = createEngine(createWorld('waba'), [furniture, wabaFeature], epochMs(0));
  const create: CreateNumber = { type: 'create-number', state, country: 'BR', name: 'Padaria Aurora' };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const { wabaId } = created.reply;
  const request: GraphRequest = { method: 'GET', nodeId: wabaId, token: '', params: {} };
  const ask: Stage['ask'] = () => engine.execute<ShownWaba>(parseRead(request));
  return {
    wabaId,
    ask,
    read: (fields) => {
      const outcome = ask();
      if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
      const node = selectFields(wabaFields, renderWaba(outcome.reply), fields);
      expect(responseValidator('waba', 'GET')(node)).toEqual([]);
      return node;
    },
    update: (params) => engine.execute<UpdateWaba>(parseUpdate({ ...request, method: 'POST', params })),
  };
}

describe('the node', () => {
  it('shows its name unasked, and the id last', () => {
    const { read, wabaId } = stage('coexistence');
    expect(Object.keys(read())).toEqual([
      'name',
      'timezone_id',
      'message_template_namespace',
      'currency',
      'id',
    ]);
    expect(read()).toMatchObject({ name: 'Padaria Aurora', id: wabaId });
    expect(read()['message_template_namespace']).toMatch(/^[0-9a-f]{8}(_[0-9a-f]{4}){3}_[0-9a-f]{12}$/);
  });

  it.each<[NumberState, string]>([
    ['coexistence', 'AVAILABLE'],
    ['cloud-api', 'AVAILABLE'],
    ['offboarded', 'BLOCKED'],
    ['disconnected', 'BLOCKED'],
  ])('of a number that is %s can send: %s', (state, health) => {
    const node = stage(state).read(['country', 'health_status', 'owner_business{id}', 'creation_time']);
    expect(node).toMatchObject({
      country: 'BR',
      health_status: { can_send_message: health },
      owner_business: { id: expect.stringMatching(/^\d+$/) as string },
    });
    expect(node).not.toHaveProperty('creation_time');
  });

  it('says which field it does not have', () => {
    expect(refusalOfFields(wabaFields, ['name', 'colour'])?.message).toBe(
      'Tried accessing nonexisting field (colour) on node type (WhatsAppBusinessAccount)',
    );
  });

  it('of a number that is in the app alone asks for partners', () => {
    expect(stage('app-only').ask()).toMatchObject({
      refusal: { code: 100, message: 'The parameter partner_ids is required.' },
    });
  });
});

describe('its switches', () => {
  it('stay as they were set', () => {
    const { read, update } = stage('cloud-api');
    update({ is_enabled_for_insights: 'true' });
    update({ template_auto_archival_enabled: true });
    expect(
      read([
        'is_enabled_for_insights',
        'template_auto_archival_enabled',
        'disable_marketing_messages_on_cloud_api',
      ]),
    ).toMatchObject({
      is_enabled_for_insights: true,
      template_auto_archival_enabled: true,
      disable_marketing_messages_on_cloud_api: false,
    });
  });

  it.each<[JsonObject, (wabaId: string) => JsonObject]>([
    [{ is_enabled_for_insights: true }, (id) => ({ id })],
    [{ template_auto_archival_enabled: true }, () => ({ success: true })],
  ])('%o', (params, answer) => {
    const { update, wabaId } = stage('cloud-api');
    const outcome = update(params);
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    expect(renderUpdated(outcome.reply)).toEqual(answer(wabaId));
  });

  it('leave insights off where a number is in the app', () => {
    const { read, update } = stage('coexistence');
    expect(update({ is_enabled_for_insights: true })).toMatchObject({
      refusal: { code: 10, message: 'This operation can not be performed on SMB business type' },
    });
    expect(read(['is_enabled_for_insights'])).toMatchObject({ is_enabled_for_insights: false });
  });
});
