/**
 * Whatever is thrown at an edge, the answer is a Graph answer: a proper status, and for a refusal Meta's envelope. Bodies,
 * paths and headers are made by chance; a failure prints the seed that makes it again.
 */
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorValidator } from '../../contracts/catalogue.ts';
import type { GraphEdge } from '../core/feature.ts';
import type { JsonObject } from '../core/json.ts';
import { features } from '../features/index.ts';
import { openCalls, type RealCalls } from '../real-calls.test.setup.ts';

let calls: RealCalls;
const ids = new Map<string, string>();

beforeAll(async () => {
  calls = await openCalls('number: cloud-api');
  for (const [id, kind] of calls.world.world.nodes) ids.set(kind, id);
  const media = new FormData();
  media.set('messaging_product', 'whatsapp');
  media.set('file', new Blob(['a'], { type: 'text/plain' }), 'a.txt');
  await calls.post(`v23.0/${calls.cast.phoneNumberId}/media`, media);
  await calls.post(`v23.0/${calls.cast.wabaId}/flows`, { name: 'Hostile' });
  for (const [id, kind] of calls.world.world.nodes) if (!ids.has(kind)) ids.set(kind, id);
});
afterAll(() => calls.close());

const edges = features.flatMap((feature) => feature.edges ?? []);
const validate = errorValidator();

async function expectGraphAnswer(path: string, init: RequestInit, at = calls): Promise<void> {
  const response = await fetch(`${at.simulator.url}${path}`, init);
  const text = await response.text();
  expect(response.status, `${path} ${text.slice(0, 200)}`).toBeLessThan(500);
  if (response.status === 200) return;
  const { error } = JSON.parse(text) as JsonObject;
  expect(validate({ error }), text).toEqual([]);
}

const contentTypes = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'text/plain',
  'application/json; charset=utf-16',
  '',
];

/** JSON of any shape, with the keys that edges know among others; and bytes that are nothing. */
const bodies = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc
    .dictionary(
      fc.constantFrom(
        'messaging_product',
        'to',
        'type',
        'text',
        'template',
        'fields',
        'name',
        'limit',
        'pin',
        '__proto__',
        'constructor',
      ),
      fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constant('whatsapp')),
    )
    .map((body) => JSON.stringify(body)),
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.constant('['.repeat(5_000)),
);

/** Odd things that clients and proxies say beside the body. */
const oddHeaders = fc.record(
  {
    'content-encoding': fc.constantFrom('gzip', 'br', 'identity', 'x'),
    accept: fc.constantFrom('text/html', '*/*', ''),
    'accept-language': fc.stringMatching(/^[\x21-\x7e]{0,20}$/),
    'x-forwarded-host': fc.constantFrom('evil.example', '[::1', ''),
    cookie: fc.stringMatching(/^[\x21-\x7e]{0,2000}$/),
    range: fc.constantFrom('bytes=0-', 'bytes=9-1'),
  },
  { requiredKeys: [] },
);

const pathOf = (edge: GraphEdge): string => {
  const node = edge.node === 'root' ? '' : `/${ids.get(edge.node) ?? '1'}`;
  const tail = edge.edge.replace(/\{[^/]*\}/, 'X');
  return `/v23.0${node}${tail === '' ? '' : `/${tail}`}`;
};

const bodied = (method: string): boolean => method !== 'GET';

describe('every edge', () => {
  it.each(edges.map((edge) => [`${edge.method} ${edge.node} ${edge.edge}`, edge] as const))(
    '%s',
    async (_name, edge) => {
      // What ends a node is asked of a world of its own: a number that is gone would make every later question dull.
      const at = edge.method === 'DELETE' ? await openCalls('number: cloud-api') : calls;
      await fc.assert(
        fc.asyncProperty(
          bodies,
          fc.constantFrom(...contentTypes),
          fc.webQueryParameters(),
          oddHeaders,
          async (body, contentType, query, odd) => {
            const headers = {
              ...odd,
              authorization: `Bearer ${at.simulator.app.token}`,
              ...(contentType !== '' && { 'content-type': contentType }),
            };
            const init = { method: edge.method, headers, ...(bodied(edge.method) && { body }) };
            await expectGraphAnswer(`${pathOf(edge)}?${query}`, init, at);
          },
        ),
        { numRuns: 15 },
      );
      if (at !== calls) await at.close();
    },
  );
});

describe('what no client library would send', () => {
  /** Sends bytes as they are, and gives what came back until the connection ended. */
  const speak = (bytes: string | Buffer): Promise<string> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(calls.simulator.url);
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      let heard = '';
      socket.on('data', (chunk) => (heard += chunk.toString('latin1')));
      socket.on('close', () => resolve(heard));
      socket.on('error', reject);
      socket.setTimeout(3_000, () => socket.destroy());
    });
  const head = 'Host: 127.0.0.1\r\nConnection: close\r\n';

  it.each<[string, string]>([
    ['a path that does not decode', `GET /v23.0/%E0%A4%A/x HTTP/1.1\r\n${head}\r\n`],
    ['a NUL in the path', `GET /v23.0/%00/messages HTTP/1.1\r\n${head}\r\n`],
    ['a very long path', `GET /v23.0/${'9'.repeat(6_000)} HTTP/1.1\r\n${head}\r\n`],
    ['a whole address as path', `GET http://graph.facebook.com/v23.0/me HTTP/1.1\r\n${head}\r\n`],
    [
      'a body in pieces',
      `POST /v23.0/1/messages HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n`,
    ],
    [
      'a body that is not UTF-8',
      `POST /v23.0/1/messages HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\n\xff\xfe`,
    ],
  ])('%s gets a Graph answer', async (_what, request) => {
    const answer = await speak(Buffer.from(request, 'latin1'));
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    const { error } = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) as JsonObject;
    expect(validate({ error })).toEqual([]);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['headers without end', `GET / HTTP/1.1\r\n${`x: ${'y'.repeat(1_000)}\r\n`.repeat(40)}`],
  ])('%s is turned away by the server itself', async (_what, request) => {
    expect(await speak(request)).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it('and after all of it a call is answered as ever', async () => {
    expect((await calls.get(`v23.0/${calls.cast.phoneNumberId}`)).status).toBe(200);
  });
});

it('memory stays flat, however many are turned away', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const sample = fc.sample(bodies, { numRuns: 100, seed: 7 });
  const posts = edges.filter(({ method }) => method === 'POST');
  expect(posts.length).toBeGreaterThanOrEqual(30);
  const requestsARound = 3_600;
  const round = async (): Promise<number> => {
    for (let batch = 0; batch < requestsARound / 30; batch += 1)
      await Promise.all(
        posts.slice(0, 30).map(async (edge, index) => {
          const response = await fetch(`${calls.simulator.url}${pathOf(edge)}`, {
            method: 'POST',
            headers: { authorization: `Bearer wrong-${batch}`, 'content-type': 'application/json' },
            body: sample[(batch + index) % sample.length] ?? '',
          });
          await response.arrayBuffer();
        }),
      );
    collect();
    return process.memoryUsage().heapUsed;
  };
  // The first rounds fill what is bounded: the journal above all.
  await round();
  await round();
  const before = await round();
  const after = await round();
  const bytesEach = (after - before) / requestsARound;
  expect(bytesEach).toBeLessThan(200);
}, 60_000);

it('any path, any method, any token', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.webPath(),
      fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH'),
      fc.stringMatching(/^[\x21-\x7e]{0,40}$/),
      async (path, method, token) => {
        if (path.startsWith('/_coex')) return;
        await expectGraphAnswer(path, { method, headers: { authorization: token } });
      },
    ),
    { numRuns: 300 },
  );
});
