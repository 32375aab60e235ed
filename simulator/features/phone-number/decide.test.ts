import { describe, expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import { createEngine, type Engine, type Outcome } from '../../core/engine.ts';
import type { GraphRequest, HandshakeResult } from '../../core/feature.ts';
import { furniture, type CreateApp, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { AppId, PhoneNumberId, WabaId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld, type NumberState, type World } from '../../core/world.ts';
import { selectFields } from '../../graph/select.ts';
import { handshakeFor } from './decide.ts';
import { phoneNumberFeature } from './feature.ts';
import { numberFields, type ShownNumber } from './fields.ts';
import { parseList, parseRead, parseUpdate, renderList, renderNode } from './wire.ts';

const appId = '670843887433847' as AppId;
const token = `${appId}|secret`;
const appUrl = 'http://127.0.0.1:1/app';

interface Stage {
  readonly engine: Engine;
  readonly world: World;
  readonly phoneNumberId: PhoneNumberId;
  readonly wabaId: WabaId;
}

function stage(state: NumberState, subscribed = true, fields: readonly string[] = ['messages']): Stage {
  const world = createWorld('phone-number');
  const engine = createEngine(world, [furniture, phoneNumberFeature], epochMs(0));
  const callback = { url: appUrl, verifyToken: 'v' };
  const app: CreateApp = { type: 'create-app', appId, name: 'inbox', secret: 'secret', callback, fields };
  engine.execute(app);
  const create: CreateNumber = {
    type: 'create-number',
    state,
    country: 'US',
    name: 'Blue Fern Books',
    onboardedAtMs: epochMs(Date.UTC(2026, 2, 1, 9, 30)),
    ...(subscribed && { subscribedAppId: appId }),
  };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  return { engine, world, ...created.reply };
}

const request = (nodeId: string, over: Partial<GraphRequest> = {}): GraphRequest => ({
  method: 'GET',
  nodeId,
  token,
  params: {},
  ...over,
});

function read({ engine, phoneNumberId }: Stage, fields?: readonly string[]): JsonObject {
  const outcome = engine.execute<ShownNumber>(parseRead(request(phoneNumberId)));
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  const node = selectFields(numberFields, renderNode(outcome.reply), fields);
  expect(responseValidator('phone-number', 'GET')(node)).toEqual([]);
  return node;
}

const update = ({ engine, phoneNumberId }: Stage, params: JsonObject, handshake?: HandshakeResult): Outcome =>
  engine.execute(
    parseUpdate(request(phoneNumberId, { method: 'POST', params, ...(handshake && { handshake }) })),
  );

describe('the node', () => {
  it('shows seven fields unasked, and the id last', () => {
    const staged = stage('coexistence');
    const node = read(staged);
    expect(Object.keys(node)).toEqual([
      'verified_name',
      'code_verification_status',
      'display_phone_number',
      'quality_rating',
      'platform_type',
      'throughput',
      'webhook_configuration',
      'id',
    ]);
    expect(node).toMatchObject({ verified_name: 'Blue Fern Books', id: staged.phoneNumberId });
    expect(node['display_phone_number']).toMatch(/^\+1 \d{3}-\d{3}-\d{4}$/);
  });

  it.each<[NumberState, JsonObject]>([
    ['fresh', { is_on_biz_app: false, platform_type: 'NOT_APPLICABLE', status: 'PENDING' }],
    ['app-only', { is_on_biz_app: true, platform_type: 'ON_PREMISE', status: 'DISCONNECTED' }],
    ['coexistence', { is_on_biz_app: true, platform_type: 'CLOUD_API', status: 'CONNECTED' }],
    ['cloud-api', { is_on_biz_app: false, platform_type: 'CLOUD_API', status: 'CONNECTED' }],
    ['offboarded', { is_on_biz_app: true, platform_type: 'ON_PREMISE', status: 'DISCONNECTED' }],
  ])('of a number that is %s', (state, expected) => {
    const staged = stage(state);
    expect(read(staged, ['is_on_biz_app', 'platform_type', 'status'])).toEqual({
      ...expected,
      id: staged.phoneNumberId,
    });
    expect(read(staged, ['throughput', 'health_status'])).toMatchObject({
      throughput: { level: expected['status'] === 'CONNECTED' ? 'STANDARD' : 'NOT_APPLICABLE' },
      health_status: { can_send_message: expected['status'] === 'CONNECTED' ? 'AVAILABLE' : 'BLOCKED' },
    });
  });

  it('of a disconnected number cannot be seen', () => {
    const { engine, phoneNumberId } = stage('disconnected');
    expect(engine.execute(parseRead(request(phoneNumberId)))).toMatchObject({
      refusal: {
        code: 100,
        subcode: 33,
        message: expect.stringContaining(
          `Unsupported get request. Object with ID '${phoneNumberId}'`,
        ) as string,
      },
    });
  });

  it('cuts a selection below a field, and leaves out what has nothing to say', () => {
    const staged = stage('coexistence');
    expect(read(staged, ['id', 'quality_score{score}', 'certificate', 'last_onboarded_time'])).toEqual({
      quality_score: { score: 'GREEN' },
      last_onboarded_time: '2026-03-01T09:30:00+0000',
      id: staged.phoneNumberId,
    });
  });

  it('knows each field that the contract knows', () => {
    const staged = stage('cloud-api');
    for (const field of [
      'account_mode',
      'country_code',
      'country_dial_code',
      'is_pin_enabled',
      'name_status',
      'username',
    ])
      expect(() => read(staged, [field])).not.toThrow();
  });
});

describe('the callback', () => {
  const url = 'http://127.0.0.1:1/number';
  const override = { webhook_configuration: { override_callback_uri: url, verify_token: 'v' } };
  const configuration = (staged: Stage): unknown =>
    read(staged, ['webhook_configuration'])['webhook_configuration'];

  it.each<[NumberState, number | undefined]>([
    ['app-only', 200],
    ['coexistence', 200],
    ['offboarded', 200],
    ['disconnected', 100],
    ['fresh', undefined],
    ['cloud-api', undefined],
  ])('of a number that is %s: %s', (state, code) => {
    const outcome = update(stage(state), override, { kind: 'echoed' });
    expect(outcome).toMatchObject(code === undefined ? { kind: 'accepted' } : { refusal: { code } });
  });

  it('is shown beside the account’s and the app’s, and can be taken back', () => {
    const staged = stage('cloud-api');
    staged.world.wabas
      .get(staged.wabaId)
      ?.subscriptions.set(appId, { override: { url: 'http://b', verifyToken: '' } });
    expect(configuration(staged)).toEqual({ whatsapp_business_account: 'http://b', application: appUrl });
    update(staged, override, { kind: 'echoed' });
    expect(configuration(staged)).toMatchObject({ phone_number: url, application: appUrl });
    update(staged, { webhook_configuration: { override_callback_uri: '' } });
    expect(configuration(staged)).not.toHaveProperty('phone_number');
  });

  it.each<[string, Stage, HandshakeResult | undefined, number]>([
    ['an app that is not subscribed', stage('cloud-api', false), undefined, 100],
    ['an app without messages', stage('cloud-api', true, ['history']), undefined, 100],
    [
      'a callback that says no',
      stage('cloud-api'),
      { kind: 'refused', httpStatus: 403, httpMessage: 'No' },
      2200,
    ],
    [
      'a callback that says something else',
      stage('cloud-api'),
      { kind: 'mismatched', expected: '1', received: '2' },
      2201,
    ],
  ])('is refused to %s', (_who, staged, handshake, code) => {
    expect(update(staged, override, handshake)).toMatchObject({ refusal: { code } });
    expect(configuration(staged)).not.toHaveProperty('phone_number');
  });

  it.each<[NumberState, boolean, boolean]>([
    ['cloud-api', true, true],
    ['cloud-api', false, false],
    ['coexistence', true, false],
    ['disconnected', true, false],
  ])(
    'of a number that is %s, its account subscribed %s, is asked to prove itself: %s',
    (state, subscribed, asks) => {
      const { engine, phoneNumberId } = stage(state, subscribed);
      const command = parseUpdate(request(phoneNumberId, { method: 'POST', params: override }));
      expect(handshakeFor(engine.world, command)).toEqual(asks ? { url, verifyToken: 'v' } : undefined);
    },
  );
});

describe('the PIN', () => {
  it.each<[NumberState, string]>([
    ['cloud-api', 'accepted'],
    ['coexistence', 'refused'],
    ['app-only', 'refused'],
  ])('of a number that is %s is %s', (state, outcome) => {
    const staged = stage(state);
    expect(update(staged, { pin: '123456' }).kind).toBe(outcome);
    expect(read(staged, ['is_pin_enabled'])).toMatchObject({ is_pin_enabled: outcome === 'accepted' });
  });
});

describe('the account’s list', () => {
  const list = ({ engine, wabaId }: Stage, over: Partial<GraphRequest> = {}): JsonObject => {
    const outcome = engine.execute<readonly ShownNumber[]>(parseList(request(wabaId, over)));
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    const answer = selectFields(numberFields, renderList(outcome.reply), over.fields);
    expect(responseValidator('phone-numbers', 'GET')(answer)).toEqual([]);
    return answer;
  };

  /** Three numbers in one account, the second of them the newest. */
  function three(): Stage {
    const staged = stage('coexistence');
    const first = staged.world.phoneNumbers.get(staged.phoneNumberId);
    if (!first) throw new Error('The number is gone.');
    for (const [id, onboardedAtMs] of [
      ['2', epochMs(Date.UTC(2026, 6))],
      ['3', epochMs(Date.UTC(2025, 0))],
    ] as const)
      staged.world.phoneNumbers.set(id as PhoneNumberId, {
        ...first,
        id: id.repeat(15) as PhoneNumberId,
        onboardedAtMs,
      });
    return staged;
  }
  const idsOf = (answer: JsonObject): string[] => (answer['data'] as { id: string }[]).map(({ id }) => id);
  it('finds the number that the signup did not name', () => {
    const staged = stage('coexistence');
    expect(list(staged, { fields: ['id', 'is_on_biz_app'] })).toMatchObject({
      data: [{ is_on_biz_app: true, id: staged.phoneNumberId }],
    });
  });

  it('is empty, without paging, once the number is disconnected', () => {
    expect(list(stage('disconnected'))).toEqual({ data: [] });
  });

  it('begins with the newest', () => {
    const staged = three();
    const newestFirst = ['2'.repeat(15), staged.phoneNumberId, '3'.repeat(15)];
    expect(idsOf(list(staged))).toEqual(newestFirst);
    expect(idsOf(list(staged, { params: { sort: 'last_onboarded_time.asc' } }))).toEqual(
      [...newestFirst].reverse(),
    );
  });
});
