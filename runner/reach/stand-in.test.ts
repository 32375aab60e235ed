/** The ways in: programs of several kinds reach the stand-in by their environment alone; nobody reaches Meta. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import { EnvHttpProxyAgent, fetch, type RequestInit, type Response } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createAuthority } from './authority.ts';
import { close, isThere, listen, openGraphStub, run, type GraphStub } from './programs.test.setup.ts';
import { openMetaStandIn, type MetaStandIn } from './stand-in.ts';

let graph: GraphStub;
let standIn: MetaStandIn;
const refused: string[] = [];

beforeAll(async () => {
  graph = await openGraphStub();
  standIn = await openMetaStandIn({ graphUrl: graph.url, onRefused: (host) => refused.push(host) });
});
afterAll(async () => {
  await standIn.close();
  await close(graph.server);
});
afterEach(() => {
  refused.length = 0;
  graph.asked.length = 0;
});

const only = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, standIn.environment[name] ?? '']));

const hasPython = await isThere('python3', '--version');
const hasCurl = await isThere('curl', '--version');

const pythonPost = `
import sys, urllib.request
asked = urllib.request.Request(sys.argv[1], data=b'{"a":1}', headers={'Authorization': 'Bearer t', 'Content-Type': 'application/json'})
try:
    with urllib.request.urlopen(asked, timeout=10) as answer:
        print(answer.status, answer.headers['x-fb-trace-id'], answer.headers.get_all('set-cookie'), answer.read().decode())
except OSError as error:
    print(type(error).__name__, error)
`;
const messages = 'https://graph.facebook.com/v23.0/1/messages?a=b';

test.skipIf(!hasPython)('Python’s urllib comes here by HTTPS_PROXY and SSL_CERT_FILE alone', async () => {
  const { stdout } = await run('python3', ['-c', pythonPost, messages], only('HTTPS_PROXY', 'SSL_CERT_FILE'));
  expect(stdout).toMatch(/^200 A1 \['a=1', 'b=2'\] \{/);
  expect(JSON.parse(stdout.slice(stdout.indexOf('{')))).toEqual({
    method: 'POST',
    url: '/v23.0/1/messages?a=b',
    host: new URL(graph.url).host,
    token: 'Bearer t',
    body: '{"a":1}',
  });
});

test.skipIf(!hasPython)('who does not trust the authority sends nothing', async () => {
  const { stdout } = await run('python3', ['-c', pythonPost, messages], only('HTTPS_PROXY'));
  expect(stdout).toContain('CERTIFICATE_VERIFY_FAILED');
  expect(graph.asked).toEqual([]);
});

test.skipIf(!hasCurl)('curl comes here by the whole environment', async () => {
  const args = ['-sS', '--max-time', '10', '-H', 'Authorization: Bearer t', '-d', '{}', messages];
  const { stdout, stderr } = await run('curl', args, standIn.environment);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ method: 'POST', token: 'Bearer t', body: '{}' });
});

const askByFetch = `
const proxied = process.argv[1] === 'undici' ? await import(process.argv[2]) : undefined;
const answer = await (proxied?.fetch ?? fetch)('${messages}', {
  method: 'POST', body: '{}', ...(proxied && { dispatcher: new proxied.EnvHttpProxyAgent() }),
});
console.log(JSON.stringify(await answer.json()));`;

test('Node’s fetch comes here by undici’s agent', async () => {
  const args = ['--input-type=module', '-e', askByFetch, 'undici', import.meta.resolve('undici')];
  const { stdout, stderr } = await run(process.execPath, args, standIn.environment);
  expect(stderr.replaceAll(/^.*(EnvHttpProxyAgent|trace-warnings).*\n/gm, '')).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ url: '/v23.0/1/messages?a=b', body: '{}' });
});

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const readsProxy = major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);

test.skipIf(!readsProxy)('Node’s own fetch comes here by the environment, where Node reads it', async () => {
  const args = ['--input-type=module', '-e', askByFetch];
  const { stdout } = await run(process.execPath, args, standIn.environment);
  expect(JSON.parse(stdout)).toMatchObject({ url: '/v23.0/1/messages?a=b', body: '{}' });
});

/** Goes by a stand-in's proxy and trusts one authority alone, the stand-in's own where no other is named. */
const by = (
  { proxyUrl, authorityFile }: MetaStandIn,
  ca: string = readFileSync(authorityFile, 'utf8'),
): EnvHttpProxyAgent => new EnvHttpProxyAgent({ httpsProxy: proxyUrl, noProxy: '', requestTls: { ca } });

/** Another program would do the same; this one needs no process. */
const ask = (url: string, init: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...init, dispatcher: by(standIn) });

test('five megabytes go through, both ways, byte for byte', async () => {
  const body = new Uint8Array(5 * 1024 * 1024).map((_, index) => (index * 31) % 251);
  const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  const answer = await ask('https://graph.facebook.com/echo', { method: 'POST', body });
  expect(sha(new Uint8Array(await answer.arrayBuffer()))).toBe(sha(body));
});

test('an answer begins before the question has ended', async () => {
  const piece = new TextEncoder().encode('piece');
  let more = (): void => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(piece);
      more = () => {
        controller.enqueue(piece);
        controller.close();
      };
    },
  });
  const answer = await ask('https://graph.facebook.com/echo', { method: 'POST', body, duplex: 'half' });
  const decoder = new TextDecoder();
  const parts: string[] = [];
  for await (const part of answer.body ?? []) {
    if (parts.push(decoder.decode(part as Uint8Array)) === 1) more();
  }
  expect(parts.join('')).toBe('piecepiece');
  expect(parts[0]).toBe('piece');
});

test.each(['/reset', '/half'])(
  'a connection that the simulator breaks is broken here too: %s',
  async (at) => {
    const broken = ask(`https://graph.facebook.com${at}`).then((answer) => answer.text());
    await expect(broken).rejects.toThrow();
  },
);

test('a program that gives up is given up on by the simulator too', async () => {
  const arrived = once(graph.server, 'request') as Promise<[unknown, ServerResponse]>;
  const giveUp = new AbortController();
  const asked = ask('https://graph.facebook.com/hang', { signal: giveUp.signal });
  const [, response] = await arrived;
  const gone = once(response, 'close');
  giveUp.abort();
  await expect(asked).rejects.toThrow();
  await gone;
});

test('a simulator that is gone is named in a 502', async () => {
  const dead = await openGraphStub();
  const other = await openMetaStandIn({ graphUrl: dead.url });
  await close(dead.server);
  try {
    const answer = await fetch('https://graph.facebook.com/v23.0/me', { dispatcher: by(other) });
    expect(answer.status).toBe(502);
    expect(await answer.text()).toBe(`coex: the simulator at ${dead.url} does not answer (ECONNREFUSED).\n`);
  } finally {
    await other.close();
  }
});

test('other hosts are tunnelled untouched, with their own certificate', async () => {
  const authority = await createAuthority(['localhost']);
  const context = await authority.contextFor('localhost');
  const server = createTlsServer(
    { SNICallback: (_name, done) => done(null, context) },
    (_request, response) => response.end('elsewhere'),
  );
  const url = (await listen(server)).replace(/^http:\/\/127\.0\.0\.1/, 'https://localhost');
  try {
    const answer = await fetch(url, { dispatcher: by(standIn, authority.certificate) });
    expect(await answer.text()).toBe('elsewhere');
    await expect(ask(url)).rejects.toThrow();
    expect(refused).toEqual([]);
  } finally {
    await close(server);
  }
});

/** What the proxy answers to a request line; the connection ends where the proxy refuses. */
function sayToProxy(line: string, headers = ''): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(standIn.proxyUrl).port), '127.0.0.1', () =>
      socket.write(`${line}\r\n${headers}\r\n`),
    );
    socket.on('data', (part) => (answer += part.toString('utf8')));
    socket.on('close', () => resolve(answer));
    socket.on('error', () => undefined);
  });
}

test.each([
  ['CONNECT www.facebook.com:443 HTTP/1.1', 'www.facebook.com'],
  ['CONNECT mmg.whatsapp.net:443 HTTP/1.1', 'mmg.whatsapp.net'],
  ['CONNECT scontent.xx.FBCDN.net.:443 HTTP/1.1', 'scontent.xx.fbcdn.net'],
  ['CONNECT graph.facebook.com:8443 HTTP/1.1', 'graph.facebook.com'],
  ['GET http://graph.facebook.com/v23.0/me HTTP/1.1', 'graph.facebook.com'],
])('nothing else of Meta is reached: %s', async (line, host) => {
  const answer = await sayToProxy(line, 'Host: x\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
  expect(answer).toContain(`coex: ${host} belongs to Meta and is not simulated, so nothing was sent to it.`);
  expect(refused).toEqual([host]);
});

test('names have no case', async () => {
  expect(await (await ask('https://GRAPH.facebook.com/v23.0/me')).json()).toMatchObject({ url: '/v23.0/me' });
});
