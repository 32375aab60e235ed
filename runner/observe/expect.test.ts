import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import type {
  AttemptResult,
  Exchange,
  GraphExchange,
  Journal,
  WebhookExchange,
} from '../../simulator/index.ts';
import { expectCall, expectNoCall } from './expect-calls.ts';
import { expectNoLeak } from './expect-leaks.ts';
import { expectConnection, expectConversation } from './expect-probes.ts';
import { checkExchange } from './self-check.ts';
import { expectAcknowledged, expectRefused } from './expect-webhooks.ts';
import { liveOutside } from './outside.ts';
import type { Scene, SutAddress } from './scene.ts';
import { createView } from './view.ts';

const ended = (number: number, genuine: boolean, result: AttemptResult): WebhookExchange => ({
  kind: 'webhook',
  number,
  atMs: 0 as WebhookExchange['atMs'],
  wallMs: 0,
  url: 'http://127.0.0.1:9/',
  field: 'messages',
  deliveryId: number,
  attempt: 1,
  headers: {},
  body: '{}',
  genuine,
  result,
  latencyMs: 1,
});

const answered = (status: number): AttemptResult => ({ kind: 'answered', status, body: '' });

/** A scene in which all of this has happened since the only acting step, of a system with these probes. */
function sceneOf(
  exchanges: readonly Exchange[],
  conversation = 'http://127.0.0.1:9/',
  own: Partial<SutAddress> = {},
): Scene {
  const { signal } = new AbortController();
  const sut: SutAddress = {
    webhook: 'http://127.0.0.1:9/',
    verifyToken: '',
    webhookLimitMs: 100,
    probes: { conversation: { http: conversation } },
    folder: tmpdir(),
    probeMs: 5_000,
    values: {},
    ...own,
  };
  const journal: Journal = {
    record: () => undefined,
    restore: () => undefined,
    since: (number) => exchanges.slice(number),
    newest: exchanges.length,
    subscribe: () => () => undefined,
  };
  return {
    scenario: {
      id: 'a',
      file: 'a.yaml',
      title: 'a',
      obligations: [],
      number: { state: 'coexistence', country: 'BR', subscribed: true, onboardedAgoMs: 0 },
      customers: {},
      history: { messages: 0, threads: 0, days: 0, mediaPerMille: 0, sharing: 'shared' },
      contacts: [],
      behaviour: {},
      anchor: 'end',
      steps: [],
    },
    world: { journal, nowMs: () => 0, advance: () => Promise.resolve() },
    view: createView(journal),
    cast: {
      phoneNumberId: '1',
      wabaId: '2',
      displayPhoneNumber: '+55',
      customers: { ana: { waId: '5511987654321', userId: 'BR.1' } },
      messages: new Map(),
    },
    sut,
    outside: liveOutside(sut, signal),
    signal,
  };
}

const step = { field: 'messages', withinMs: 20 };

test.each<[string, AttemptResult, string]>([
  ['200', answered(200), 'kept'],
  ['204', answered(204), 'kept'],
  ['302', answered(302), 'broken'],
  ['401', answered(401), 'broken'],
  ['500', answered(500), 'broken'],
  ['silence', { kind: 'timed-out', afterMs: 100 }, 'broken'],
  ['nobody', { kind: 'unreachable', reason: 'ECONNREFUSED' }, 'unreachable'],
])('a webhook that meets %s is acknowledged or not', async (_what, result, kind) => {
  expect(await expectAcknowledged(sceneOf([ended(1, true, result)]), step)).toMatchObject({ kind });
});

test('without any webhook nothing is said of acknowledging', async () => {
  expect(await expectAcknowledged(sceneOf([]), step)).toMatchObject({ kind: 'unclear' });
});

test.each<[string, AttemptResult, string]>([
  ['401', answered(401), 'kept'],
  ['200', answered(200), 'broken'],
  ['silence, which is no refusal', { kind: 'timed-out', afterMs: 100 }, 'unreachable'],
])('a forged webhook is looked at, not the genuine one before it: %s', async (_what, result, kind) => {
  const genuine = answered(kind === 'kept' ? 200 : 401);
  const scene = sceneOf([ended(1, true, genuine), ended(2, false, result)]);
  expect(await expectRefused(scene, step)).toMatchObject({ kind });
});

test('what an inbox must not show has to stay away: a duplicate may be stored a moment later', async () => {
  const message = { id: 'wamid.1', author: 'customer', text: 'Oi', timestamp: 1 };
  let looks = 0;
  const inbox = createServer((_request, response) => {
    looks += 1;
    response.end(JSON.stringify(looks === 1 ? [message] : [message, message]));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => inbox.once('listening', resolve));
  const scene = sceneOf([], `http://127.0.0.1:${(inbox.address() as AddressInfo).port}/`);
  const sight = await expectConversation(scene, {
    name: 'expect.conversation',
    does: 'expect.conversation',
    at: { line: 1, column: 1 },
    role: 'proof',
    proves: [],
    of: 'ana',
    has: { text: 'Oi' },
    count: 1,
    withinMs: 600,
  });
  inbox.close();
  expect(sight).toMatchObject({ kind: 'broken', tooFew: false });
});

test('an answer that took longer than it may is no acknowledgement in time', async () => {
  const slow = { ...ended(1, true, answered(200)), latencyMs: 3_001 };
  expect(await expectAcknowledged(sceneOf([slow]), { ...step, answeredInMs: 3_000 })).toMatchObject({
    kind: 'broken',
    happened: 'one was answered after 3.0 s',
  });
  expect(await expectAcknowledged(sceneOf([slow]), { ...step, answeredInMs: 3_001 })).toMatchObject({
    kind: 'kept',
  });
});

const called = (number: number, edge: string, answer: object = {}): GraphExchange => ({
  kind: 'graph',
  number,
  atMs: 0 as GraphExchange['atMs'],
  wallMs: 0,
  method: 'POST',
  path: `/v23.0/1/${edge}`,
  edge,
  params: {},
  status: 200,
  answer: answer as GraphExchange['answer'],
  byScenario: false,
  latencyMs: 1,
});

test.each<[string, readonly Exchange[], string]>([
  ['before', [called(1, 'smb-app-data'), called(2, 'subscribed-apps')], 'broken'],
  ['after', [called(1, 'subscribed-apps'), called(2, 'smb-app-data')], 'kept'],
  ['without', [called(1, 'smb-app-data')], 'kept'],
  [
    'before a good one, after a refused one',
    [
      { ...called(1, 'subscribed-apps'), status: 400 },
      called(2, 'smb-app-data'),
      called(3, 'subscribed-apps'),
    ],
    'broken',
  ],
])('a call %s the one that has to come first: %s', async (_what, exchanges, kind) => {
  const match = { edge: 'smb-app-data', before: 'subscribed-apps' };
  expect(await expectNoCall(sceneOf(exchanges), { match, forMs: 10 })).toMatchObject({ kind });
});

test('what the system sent has a name from then on, if it was accepted', async () => {
  const scene = sceneOf([called(1, 'messages', { messages: [{ id: 'wamid.1' }] })]);
  const call = { match: { edge: 'messages' }, count: 1, withinMs: 20 };
  await expectCall(scene, { ...call, as: 'reply' });
  expect(scene.cast.messages.get('reply')).toBe('wamid.1');
  const refused = sceneOf([{ ...called(1, 'messages', { error: { code: 131009 } }), status: 400 }]);
  await expectCall(refused, { ...call, as: 'reply' });
  expect(refused.cast.messages.has('reply')).toBe(false);
});

const drafted = { at: { line: 1, column: 1 }, role: 'proof', proves: [] } as const;

test('a part that a probe does not select is unobserved, not missing', async () => {
  const probes = { conversation: { http: 'http://127.0.0.1:9/', select: '[$.{ "id": id }]' } };
  const sight = await expectConversation(sceneOf([], undefined, { probes }), {
    ...drafted,
    name: 'expect.conversation',
    does: 'expect.conversation',
    of: 'ana',
    has: { replyTo: 'question' },
    withinMs: 10,
  });
  expect(sight).toEqual({ kind: 'unobservable', probe: 'conversation' });
});

test('a state that has to stay is looked at until it has stayed', async () => {
  let looks = 0;
  const inbox = createServer((_request, response) => {
    looks += 1;
    response.end(JSON.stringify(looks === 1 ? 'connected' : 'disconnected'));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => inbox.once('listening', resolve));
  const probes = { connection: { http: `http://127.0.0.1:${(inbox.address() as AddressInfo).port}/` } };
  const connected = {
    ...drafted,
    name: 'expect.connection',
    does: 'expect.connection',
    is: 'connected',
    withinMs: 800,
  } as const;
  const sight = await expectConnection(sceneOf([], undefined, { probes }), { ...connected, forMs: 400 });
  inbox.close();
  expect(sight).toMatchObject({ kind: 'broken', happened: 'it is shown as disconnected' });
});

test.each<[string, (() => string | undefined) | undefined, object]>([
  ['a system that is not ours', undefined, { kind: 'unobservable' }],
  ['one that is discreet', () => undefined, { kind: 'kept' }],
  [
    'one that is not',
    () => 'the app secret',
    { kind: 'broken', happened: 'its output holds the app secret' },
  ],
])('the output of %s', async (_what, leak, expected) => {
  expect(await expectNoLeak(sceneOf([], undefined, leak && { leak }))).toMatchObject(expected);
});

test.each([
  ['messages', 1],
  ['ambient_notes', 0],
])('a %s without a value breaks so many contracts of ours: %i', (field, faults) => {
  const body = { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field, value: {} }] }] };
  const webhook = { ...ended(1, true, answered(200)), field, body: JSON.stringify(body) };
  expect(checkExchange(webhook)).toHaveLength(faults);
});
