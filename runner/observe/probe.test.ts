import { spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Probe } from '../plan/config.ts';
import { askProbe } from './probe.ts';

let server: Server;
let base: string;
const never = new AbortController().signal;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/missing') response.writeHead(404).end();
    else if (request.url === '/broken') response.writeHead(500).end();
    else if (request.url === '/large') response.end('x'.repeat(512_000));
    else if (request.url === '/hangs') return;
    else if (request.url === '/text') response.end('hello');
    else response.end(JSON.stringify({ path: request.url, key: request.headers['x-key'] }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

const ask = (probe: Probe, values = {}, limitMs = 5_000) =>
  askProbe(probe, values, { folder: tmpdir(), limitMs }, never);

test('HTTP with placeholders made safe, headers, and a selection', async () => {
  const probe = { http: `${base}/{customer}`, headers: { 'x-key': '{token}' }, select: '[path, key]' };
  expect(await ask(probe, { customer: 'a/b', token: 't' })).toEqual({
    kind: 'value',
    value: ['/a%2Fb', 't'],
  });
});

test.each([
  ['/missing', { kind: 'nothing', from: expect.stringContaining('GET http://') as string }],
  ['/broken', { kind: 'failed', reason: expect.stringContaining('answered 500') as string }],
  ['/large', { kind: 'failed', reason: 'it answered more than 384 kB' }],
  ['/text', { kind: 'failed', reason: 'it answered no JSON: hello' }],
])('%s', async (path, expected) => {
  expect(await ask({ http: base + path })).toEqual(expected);
});

test('nobody there', async () => {
  expect(await ask({ http: 'http://127.0.0.1:9/' })).toMatchObject({ kind: 'failed' });
});

test('a selection that is no JSONata', async () => {
  const answer = await ask({ http: `${base}/x`, select: '[' });
  expect(answer).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('“select” failed') as string,
  });
});

test('a command', async () => {
  expect(await ask({ command: `echo '{"a": "{customer}"}'`, select: 'a' }, { customer: '5511' })).toEqual({
    kind: 'value',
    value: '5511',
  });
});

test('a command that fails', async () => {
  const answer = await ask({ command: 'echo no database >&2; exit 4' });
  expect(answer).toEqual({ kind: 'failed', reason: 'the command ended with 4: no database\n' });
});

test.each([
  ['a command that hangs, with a child of its own', { command: 'sleep 60 & sleep 61' }],
  ['a page that hangs', { http: '/hangs' }],
])('%s', async (_what, probe) => {
  const given = 'http' in probe ? { http: base + probe.http } : probe;
  expect(await ask(given, {}, 200)).toMatchObject({
    kind: 'failed',
    reason: expect.stringMatching(/did not answer within 0\.2 s/) as string,
  });
  const { stdout } = spawnSync('pgrep', ['-f', '^sleep 6[01]$'], { encoding: 'utf8' });
  expect(stdout).toBe('');
});

test('a command that prints half a megabyte', async () => {
  const answer = await ask({ command: 'head -c 512000 /dev/zero | tr "\\0" x' });
  expect(answer).toEqual({ kind: 'failed', reason: 'it answered more than 384 kB' });
});
