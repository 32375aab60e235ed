/**
 * Whatever is thrown at an edge, the answer is a Graph answer: a proper status, and for a refusal Meta's envelope. Bodies,
 * paths and headers are made by chance; a failure prints the seed that makes it again.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorValidator } from '../../contracts/catalogue.ts';
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

async function expectGraphAnswer(path: string, init: RequestInit): Promise<void> {
  const response = await fetch(`${calls.simulator.url}${path}`, init);
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

describe('every edge', () => {
  it.each(edges.map((edge) => [`${edge.method} ${edge.node} ${edge.edge}`, edge] as const))(
    '%s',
    async (_name, edge) => {
      const node = edge.node === 'root' ? '' : `/${ids.get(edge.node) ?? '1'}`;
      const tail = edge.edge.replace(/\{[^/]*\}/, 'X');
      await fc.assert(
        fc.asyncProperty(
          bodies,
          fc.constantFrom(...contentTypes),
          fc.webQueryParameters(),
          async (body, contentType, query) => {
            // What ends a node or a token would make every later question a dull one.
            if (edge.method === 'DELETE') return;
            await expectGraphAnswer(`/v23.0${node}${tail === '' ? '' : `/${tail}`}?${query}`, {
              method: edge.method,
              headers: {
                authorization: `Bearer ${calls.simulator.app.token}`,
                ...(contentType !== '' && { 'content-type': contentType }),
              },
              ...(edge.method === 'POST' && { body }),
            });
          },
        ),
        { numRuns: 15 },
      );
    },
  );
});

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
