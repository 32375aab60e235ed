import { expect, it } from 'vitest';
import type { HandshakeResult } from '../core/feature.ts';
import { handshakeUrl, verifyCallback } from './handshake.ts';
import { answer, createReceiver, freeUrl, type Behave } from './receiver.test.setup.ts';

const challenge = '1930264718';

const echo: Behave = (response, heard, request) => {
  const query = new URL(heard.path, 'http://host').searchParams;
  const proven = query.get('hub.mode') === 'subscribe' && query.get('hub.verify_token') === 'a b&c';
  answer(200, proven ? (query.get('hub.challenge') ?? '') : 'who are you?')(response, heard, request);
};

it.each<[string, Behave, HandshakeResult]>([
  ['a callback that echoes', echo, { kind: 'echoed' }],
  ['one that forbids', answer(403), { kind: 'refused', httpStatus: 403, httpMessage: 'Forbidden' }],
  ['one that redirects', answer(302), { kind: 'refused', httpStatus: 302, httpMessage: 'Found' }],
  ['one that says 201', answer(201, challenge), { kind: 'refused', httpStatus: 201, httpMessage: 'Created' }],
  ['a page', answer(200, '<p>ok</p>'), { kind: 'mismatched', expected: challenge, received: '<p>ok</p>' }],
  [
    'a quoted challenge',
    answer(200, `"${challenge}"`),
    { kind: 'mismatched', expected: challenge, received: `"${challenge}"` },
  ],
  ['one that never answers', () => undefined, { kind: 'unreachable', reason: 'no answer within 300 ms' }],
])('judges %s', async (_name, behave, expected) => {
  const receiver = await createReceiver(behave);
  const handshake = { url: `${receiver.url}/webhook`, verifyToken: 'a b&c' };
  // Short for who never answers; a busy machine may take longer for all others.
  const webhookTimeLimitMs = expected.kind === 'unreachable' ? 300 : 10_000;
  expect(await verifyCallback(handshake, challenge, { webhookTimeLimitMs })).toEqual(expected);
  expect(receiver.heard).toMatchObject([{ method: 'GET', body: '' }]);
  expect(receiver.heard[0]?.headers).not.toHaveProperty('x-hub-signature-256');
  await expect.poll(receiver.open).toBe(0);
});

it.each([
  ['a callback that is not there', freeUrl, 'ECONNREFUSED'],
  ['a host that nobody allowed', () => Promise.resolve('https://bot.example'), 'allowHosts'],
  ['what is no URL', () => Promise.resolve('webhook'), 'not a URL'],
])('cannot reach %s', async (_name, url, reason) => {
  expect(await verifyCallback({ url: await url(), verifyToken: 't' }, challenge)).toEqual({
    kind: 'unreachable',
    reason: expect.stringContaining(reason) as string,
  });
});

const query = `hub.mode=subscribe&hub.challenge=${challenge}&hub.verify_token=t`;

it.each([
  ['http://localhost/hook', `http://localhost/hook?${query}`],
  ['http://localhost/hook?tenant=a%2Fb', `http://localhost/hook?tenant=a%2Fb&${query}`],
  ['http://localhost/a+b', `http://localhost/a%20b?${query}`],
])('asks %s', (url, expected) => {
  expect(handshakeUrl({ url, verifyToken: 't' }, challenge)).toBe(expected);
});
