import { describe, expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import type { Behaviour } from '../../core/behaviour.ts';
import { createEngine, type Engine, type Outcome } from '../../core/engine.ts';
import type { GraphRequest, HandshakeResult } from '../../core/feature.ts';
import { furniture, type CreateApp } from '../../core/furniture.ts';
import type { AppId } from '../../core/identifiers.ts';
import { handshakeRefusal } from '../../core/refusals.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld } from '../../core/world.ts';
import type { AppSubscription } from './decide.ts';
import { subscriptionsFeature } from './feature.ts';
import { handshakeOf, parseRead, parseSubscribe, parseUnsubscribe, renderSubscriptions } from './wire.ts';

const appId = '670843887433847' as AppId;
const token = `${appId}|secret`;
const echoed: HandshakeResult = { kind: 'echoed' };

function stage(behaviour: Partial<Behaviour> = {}): Engine {
  const engine = createEngine(
    createWorld('subscriptions', behaviour),
    [furniture, subscriptionsFeature],
    epochMs(0),
  );
  const create: CreateApp = {
    type: 'create-app',
    appId,
    name: 'inbox',
    secret: 'secret',
    fields: ['history'],
  };
  engine.execute(create);
  return engine;
}

const request = (over: Partial<GraphRequest> = {}): GraphRequest => ({
  method: 'POST',
  nodeId: appId,
  token,
  params: { object: 'whatsapp_business_account', callback_url: 'http://127.0.0.1:1/hook', verify_token: 'v' },
  ...over,
});

const subscribe = (engine: Engine, over: Partial<GraphRequest>): Outcome =>
  engine.execute(parseSubscribe(request(over)));

function read(engine: Engine, version?: string): unknown {
  const asked = request({ method: 'GET', ...(version !== undefined && { version }) });
  const outcome = engine.execute<AppSubscription>(parseRead(asked));
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  const answer = renderSubscriptions(outcome.reply, asked);
  expect(responseValidator('subscriptions', 'GET')(answer)).toEqual([]);
  return answer;
}

describe('subscribing the app', () => {
  it('has the callback prove itself', () => {
    expect(handshakeOf(request())).toEqual({ url: 'http://127.0.0.1:1/hook', verifyToken: 'v' });
  });

  it.each<[HandshakeResult, number | undefined, string | undefined]>([
    [echoed, undefined, undefined],
    [
      { kind: 'refused', httpStatus: 404, httpMessage: 'Not Found' },
      2200,
      'Callback verification failed with the following errors: HTTP Status Code = 404; HTTP Message = Not Found',
    ],
    [
      { kind: 'unreachable', reason: 'Failed to connect' },
      2200,
      'Callback verification failed with the following errors: curl_errno = 7; curl_error = Failed to connect',
    ],
    [
      { kind: 'mismatched', expected: '42', received: '<b>"no"</b>\n' },
      2201,
      'response does not match challenge, expected value="42", received="\\u003Cb>\\"no\\"\\u003C\\/b>\\n"',
    ],
  ])('%o', (handshake, code, message) => {
    expect(handshakeRefusal(handshake)?.code).toBe(code);
    expect(handshakeRefusal(handshake)?.message).toBe(message);
    const engine = stage();
    const outcome = subscribe(engine, { handshake });
    expect(outcome.kind).toBe(code === undefined ? 'accepted' : 'refused');
    expect(engine.world.apps.get(appId)?.callback?.url).toBe(
      code === undefined ? 'http://127.0.0.1:1/hook' : undefined,
    );
  });

  it.each([
    ['a list', ['messages', 'history']],
    ['names with commas', 'messages, history,'],
  ])('replaces the fields: %s', (_how, fields) => {
    const engine = stage();
    subscribe(engine, { params: { ...request().params, fields }, handshake: echoed });
    expect(engine.world.apps.get(appId)?.fields).toEqual(['messages', 'history']);
  });

  it('keeps the fields where none are named', () => {
    const engine = stage();
    subscribe(engine, { handshake: echoed });
    expect(read(engine, 'v23.0')).toEqual({
      data: [
        {
          object: 'whatsapp_business_account',
          callback_url: 'http://127.0.0.1:1/hook',
          active: true,
          fields: [{ name: 'history', version: 'v23.0' }],
        },
      ],
    });
  });
});

it('shows nothing before there is a callback', () => {
  expect(read(stage())).toEqual({ data: [] });
});

describe('unsubscribing', () => {
  const subscribed = (): Engine => {
    const engine = stage();
    subscribe(engine, { params: { ...request().params, fields: 'messages,history' }, handshake: echoed });
    return engine;
  };

  it('ends it', () => {
    const engine = subscribed();
    engine.execute(parseUnsubscribe(request({ params: {} })));
    expect(read(engine)).toEqual({ data: [] });
    expect(engine.world.apps.get(appId)?.fields).toEqual([]);
  });

  it('from one field leaves the others', () => {
    const engine = subscribed();
    engine.execute(parseUnsubscribe(request({ params: { fields: 'history' } })));
    expect(engine.world.apps.get(appId)).toMatchObject({
      fields: ['messages'],
      callback: { verifyToken: 'v' },
    });
  });
});

describe('the caller', () => {
  it.each([
    [token, {}, 'accepted'],
    ['EAAother', {}, 'refused'],
    [`${appId}|guess`, {}, 'refused'],
    ['EAAother', { tokens: 'any' as const }, 'accepted'],
  ])('%s, with %o, is %s', (callerToken, behaviour, outcome) => {
    const asked = request({ token: callerToken, params: { ...request().params, fields: 'messages' } });
    for (const parse of [parseSubscribe, parseRead, parseUnsubscribe])
      expect(stage(behaviour).execute(parse(asked)).kind).toBe(outcome);
  });
});
