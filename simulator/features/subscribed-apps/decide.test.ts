import { beforeEach, describe, expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import { createEngine, type Engine, type Outcome } from '../../core/engine.ts';
import type { GraphRequest, HandshakeResult } from '../../core/feature.ts';
import { furniture, type CreateApp, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { AppId, WabaId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld } from '../../core/world.ts';
import { handshakeFor, type SubscribedApp } from './decide.ts';
import { subscribedAppsFeature } from './feature.ts';
import { parseList, parseSubscribe, parseUnsubscribe, renderApps } from './wire.ts';

const url = 'http://127.0.0.1:1/tenant';
const override: JsonObject = { override_callback_uri: url, verify_token: 'v' };
const tokenOf = (appId: string): string => `${appId}|secret`;

let engine: Engine;
let wabaId: WabaId;
const [inbox, muted] = ['670843887433847', '770843887433848'] as [AppId, AppId];

beforeEach(() => {
  engine = createEngine(createWorld('subscribed'), [furniture, subscribedAppsFeature], epochMs(0));
  for (const [appId, fields] of [
    [inbox, ['messages']],
    [muted, ['history']],
  ] as const) {
    const create: CreateApp = { type: 'create-app', appId, name: 'inbox', secret: 'secret', fields };
    engine.execute(create);
  }
  const number: CreateNumber = { type: 'create-number', state: 'coexistence', country: 'US' };
  const created = engine.execute<CreatedNumber>(number);
  if (created.kind === 'accepted') wabaId = created.reply.wabaId;
});

const request = (params: JsonObject, appId: AppId, handshake?: HandshakeResult): GraphRequest => ({
  method: 'POST',
  nodeId: wabaId,
  token: tokenOf(appId),
  params,
  ...(handshake && { handshake }),
});

const subscribe = (params: JsonObject = {}, appId = inbox, handshake?: HandshakeResult): Outcome =>
  engine.execute(parseSubscribe(request(params, appId, handshake)));

function list(): JsonObject {
  const outcome = engine.execute<readonly SubscribedApp[]>(parseList(request({}, inbox)));
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  const answer = renderApps(outcome.reply);
  expect(responseValidator('subscribed-apps', 'GET')(answer)).toEqual([]);
  return answer;
}

const shown = (appId: string, uri?: string): JsonObject => ({
  whatsapp_business_api_data: {
    link: `https://www.facebook.com/games/?app_id=${appId}`,
    name: 'inbox',
    id: appId,
  },
  ...(uri !== undefined && { override_callback_uri: uri }),
});

describe('an account’s apps', () => {
  it('are none at first', () => {
    expect(list()).toEqual({ data: [] });
  });

  it('are those that subscribed, each once', () => {
    subscribe();
    subscribe();
    subscribe({}, muted);
    expect(list()).toEqual({ data: [shown(inbox), shown(muted)] });
  });

  it('leave, and leaving twice does no harm', () => {
    subscribe();
    for (let times = 0; times < 2; times += 1)
      expect(engine.execute(parseUnsubscribe(request({}, inbox))).kind).toBe('accepted');
    expect(list()).toEqual({ data: [] });
  });

  it('are known by their tokens', () => {
    const stranger = { ...request({}, inbox), token: 'EAAother' };
    expect(engine.execute(parseSubscribe(stranger))).toMatchObject({ refusal: { code: 200 } });
    expect(engine.execute(parseUnsubscribe(stranger))).toMatchObject({ refusal: { code: 200 } });
  });
});

describe('an override', () => {
  const before = 'Before override the current callback uri, your app must be subscribed to receive messages';

  it('in the call that subscribes fails, and leaves nothing', () => {
    expect(subscribe(override)).toMatchObject({
      refusal: { code: 100, message: expect.stringContaining(before) as string },
    });
    expect(list()).toEqual({ data: [] });
  });

  it('needs the field messages', () => {
    subscribe({}, muted);
    expect(subscribe(override, muted)).toMatchObject({ refusal: { code: 100 } });
  });

  it.each<[HandshakeResult, number | undefined]>([
    [{ kind: 'echoed' }, undefined],
    [{ kind: 'refused', httpStatus: 403, httpMessage: 'Forbidden' }, 2200],
    [{ kind: 'unreachable', reason: 'Failed to connect' }, 2200],
    [{ kind: 'mismatched', expected: '1', received: '' }, 2201],
  ])('whose callback said %o', (handshake, code) => {
    subscribe();
    const outcome = subscribe(override, inbox, handshake);
    expect(outcome).toMatchObject(code === undefined ? { kind: 'accepted' } : { refusal: { code } });
    expect(list()).toEqual({ data: [code === undefined ? shown(inbox, url) : shown(inbox)] });
  });

  it.each<[string, JsonObject]>([
    ['nothing', {}],
    ['an empty address', { override_callback_uri: '', verify_token: 'v' }],
  ])('ends with a call that says %s', (_what, params) => {
    subscribe();
    subscribe(override, inbox, { kind: 'echoed' });
    subscribe(params);
    expect(list()).toEqual({ data: [shown(inbox)] });
  });

  it('is asked to prove itself only where it could be taken', () => {
    const asked = (params: JsonObject, appId = inbox): unknown =>
      handshakeFor(engine.world, parseSubscribe(request(params, appId)));
    expect(asked(override)).toBeUndefined();
    subscribe();
    subscribe({}, muted);
    expect(asked(override)).toEqual({ url, verifyToken: 'v' });
    expect(asked(override, muted)).toBeUndefined();
    expect(asked({})).toBeUndefined();
  });
});
