import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import type { AttemptResult, Exchange, Journal, WebhookExchange } from '../../simulator/index.ts';
import { expectConversation } from './expect-probes.ts';
import { expectAcknowledged, expectRefused } from './expect-webhooks.ts';
import type { Scene } from './scene.ts';
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

/** A scene in which all of this has happened since the only acting step. */
function sceneOf(exchanges: readonly Exchange[], conversation = 'http://127.0.0.1:9/'): Scene {
  const journal: Journal = {
    record: () => undefined,
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
    sut: {
      webhook: 'http://127.0.0.1:9/',
      verifyToken: '',
      webhookLimitMs: 100,
      probes: { conversation: { http: conversation } },
      folder: tmpdir(),
      values: {},
    },
    signal: new AbortController().signal,
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
