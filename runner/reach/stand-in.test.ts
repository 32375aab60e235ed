import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Mistake } from '../plan/mistake.ts';
import { createAuthority } from './authority.ts';
import { close, isThere, openGraphStub, run, type GraphStub } from './programs.test.setup.ts';
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
const hasOpenssl = await isThere('openssl', 'version');

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

/** As {@link run} would, without another process. */
async function ask(url: string, init: { method?: string; body?: Uint8Array } = {}): ReturnType<typeof fetch> {
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: standIn.proxyUrl,
    httpsProxy: standIn.proxyUrl,
    noProxy: '',
    requestTls: { ca: readFileSync(standIn.authorityFile, 'utf8') },
    proxyTunnel: url.startsWith('https:'),
  });
  return fetch(url, { ...init, dispatcher });
}

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
  const dispatcher = new EnvHttpProxyAgent({
    httpsProxy: standIn.proxyUrl,
    noProxy: '',
    requestTls: { ca: readFileSync(standIn.authorityFile, 'utf8') },
  });
  const answer = await fetch('https://graph.facebook.com/echo', {
    method: 'POST',
    body,
    duplex: 'half',
    dispatcher,
  });
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
  const gone = new Promise((resolve) =>
    graph.server.once(
      'request',
      (_request, response: { once: (name: 'close', then: typeof resolve) => void }) =>
        response.once('close', resolve),
    ),
  );
  const given = run(
    'curl',
    ['-sS', '--max-time', '1', 'https://graph.facebook.com/hang'],
    standIn.environment,
  );
  await Promise.all([gone, given]);
});

test('a simulator that is gone is named in a 502', async () => {
  const dead = await openGraphStub();
  const other = await openMetaStandIn({ graphUrl: dead.url });
  await close(dead.server);
  try {
    const dispatcher = new EnvHttpProxyAgent({
      httpsProxy: other.proxyUrl,
      noProxy: '',
      requestTls: { ca: readFileSync(other.authorityFile, 'utf8') },
    });
    const answer = await fetch('https://graph.facebook.com/v23.0/me', { dispatcher });
    expect(answer.status).toBe(502);
    expect(await answer.text()).toBe(`coex: the simulator at ${dead.url} does not answer (ECONNREFUSED).\n`);
  } finally {
    await other.close();
  }
});

/** A TLS server that is not Meta's, with a certificate of its own. */
async function openElsewhere(): Promise<{ server: TlsServer; port: number; fingerprint: string }> {
  const authority = await createAuthority(['localhost']);
  const context = await authority.contextFor('localhost');
  const server = createTlsServer(
    { SNICallback: (_name, done) => done(null, context) },
    (_request, response) => response.end('elsewhere'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fingerprint = new X509Certificate(authority.certificate).fingerprint256;
  writeFileSync(path.join(elsewhereFolder, 'authority.pem'), authority.certificate);
  return { server, port: (server.address() as AddressInfo).port, fingerprint };
}
const elsewhereFolder = mkdtempSync(path.join(tmpdir(), 'coex-elsewhere-'));
afterAll(() => rmSync(elsewhereFolder, { recursive: true }));

test('other hosts are tunnelled untouched, with their own certificate', async () => {
  const { server, port } = await openElsewhere();
  const askElsewhere = async (ca: string): Promise<string> => {
    const dispatcher = new EnvHttpProxyAgent({
      httpsProxy: standIn.proxyUrl,
      noProxy: '',
      requestTls: { ca },
    });
    return (await fetch(`https://localhost:${port}/`, { dispatcher })).text();
  };
  try {
    expect(await askElsewhere(readFileSync(path.join(elsewhereFolder, 'authority.pem'), 'utf8'))).toBe(
      'elsewhere',
    );
    await expect(askElsewhere(readFileSync(standIn.authorityFile, 'utf8'))).rejects.toThrow();
    expect(refused).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
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

test('the bundle holds the public roots and ours, once each', () => {
  const bundle = readFileSync(standIn.bundleFile, 'utf8');
  const ours = readFileSync(standIn.authorityFile, 'utf8').trim();
  for (const certificate of [ours, ...rootCertificates.slice(0, 3)]) {
    expect(bundle.split(certificate)).toHaveLength(2);
  }
});

test('files hold no key', () => {
  for (const file of [standIn.authorityFile, standIn.bundleFile]) {
    expect(readFileSync(file, 'utf8')).not.toContain('PRIVATE KEY');
  }
});

test('closing leaves no socket, no file, and hangs up on who is there', async () => {
  const other = await openMetaStandIn({ graphUrl: graph.url, tls: { port: 0 } });
  const listener = createTcpServer({ allowHalfOpen: true });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const sockets = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  const before = sockets();
  const accepted = new Promise<Socket>((resolve) => listener.once('connection', resolve));
  const hungUp = (at: number, line: string): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(at, '127.0.0.1', () => socket.write(line));
      socket.on('data', () => undefined);
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
    });
  const proxyPort = Number(new URL(other.proxyUrl).port);
  const all = [
    hungUp(proxyPort, `CONNECT localhost:${port} HTTP/1.1\r\n\r\n`),
    hungUp(proxyPort, 'CONNECT graph.facebook.com:443 HTTP/1.1\r\n\r\n'),
    hungUp(other.tlsPort ?? 0, ''),
  ];
  // It takes the end of the tunnel for a pause, and never ends its own half.
  const target = await accepted;
  target.resume();
  const folder = path.dirname(other.authorityFile);
  expect(existsSync(folder)).toBe(true);
  await other.close();
  await Promise.all(all);
  expect(existsSync(folder)).toBe(false);
  for (const at of [proxyPort, other.tlsPort ?? 0]) {
    const error = await new Promise<Error>((resolve) => connect(at, '127.0.0.1').once('error', resolve));
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  }
  await expect.poll(() => sockets()).toBeLessThanOrEqual(before + 1);
  target.destroy();
  await new Promise((resolve) => listener.close(resolve));
});

test('a folder that was given is kept, without our files', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'coex-given-'));
  const own = path.join(folder, 'own.txt');
  writeFileSync(own, 'mine');
  const other = await openMetaStandIn({ graphUrl: graph.url, folder });
  expect(path.dirname(other.bundleFile)).toBe(folder);
  await other.close();
  expect([existsSync(own), existsSync(other.bundleFile), existsSync(other.authorityFile)]).toEqual([
    true,
    false,
    false,
  ]);
  rmSync(folder, { recursive: true });
});

test('a port that is taken is a mistake with a way out', async () => {
  const taken = Number(new URL(standIn.proxyUrl).port);
  const error = await openMetaStandIn({ graphUrl: graph.url, tls: { port: taken } }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Mistake);
  expect((error as Mistake).notes[0]).toEqual({
    message: `Port ${taken} is in use by another process.`,
    place: `127.0.0.1:${taken}`,
    hint: 'Stop what listens there, or take another address of this machine, such as 127.0.0.2.',
  });
  await expect(openMetaStandIn({ graphUrl: graph.url, proxyPort: taken })).rejects.toThrow(Mistake);
});

test.skipIf(!hasOpenssl)(
  'OpenSSL finds nothing wrong with the certificates, by its strictest rules',
  async () => {
    const tls = await openMetaStandIn({ graphUrl: graph.url, tls: { port: 0 } });
    const look = (host: string): ReturnType<typeof run> =>
      run('openssl', [
        's_client',
        ...['-connect', `127.0.0.1:${tls.tlsPort ?? 0}`, '-servername', host, '-verify_hostname', host],
        ...[
          '-CAfile',
          tls.authorityFile,
          '-x509_strict',
          '-verify_return_error',
          '-no-CApath',
          '-no-CAstore',
        ],
      ]);
    for (const host of ['graph.facebook.com', 'lookaside.fbsbx.com', 'www.facebook.com']) {
      const { stdout, stderr } = await look(host);
      expect(stdout, stderr).toContain('Verify return code: 0 (ok)');
    }
    expect((await look('example.org')).code).not.toBe(0);
    await tls.close();
  },
);

test.skipIf(!hasOpenssl)('the authority can vouch for nobody else', async () => {
  const authority = await createAuthority(['facebook.com']);
  const file = path.join(elsewhereFolder, 'limited.pem');
  writeFileSync(file, authority.certificate);
  const context = await authority.contextFor('bank.example');
  const server = createTlsServer({ SNICallback: (_name, done) => done(null, context) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { stdout, stderr } = await run('openssl', [
    's_client',
    ...['-connect', `127.0.0.1:${port}`, '-servername', 'bank.example', '-CAfile', file],
  ]);
  expect(stdout + stderr).toContain('permitted subtree violation');
  server.closeAllConnections();
  server.close();
});
