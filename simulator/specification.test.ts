/**
 * Meta's specification against the simulator: every example of a request is sent, over HTTP and to a world of its own,
 * and every answer is held to the specification's schema of it.
 *
 * Where the published specification is wrong, `contracts/openapi/exceptions.json` says so; an exception that is not
 * needed fails, too.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRoot } from '../contracts/compile.ts';
import { requestExamples, type Json, type RequestExample } from '../contracts/openapi/examples.test.setup.ts';
import {
  readSpecification,
  specificationValidator,
  type ReducedOperation,
} from '../contracts/specification.ts';
import type { GeneratedKind } from './core/world.ts';
import { generatedId } from './graph/generated/nodes.ts';
import { makeValue } from './graph/generated/value.ts';
import { createRandom } from './core/random.ts';
import type { Answer, RealCalls } from './real-calls.test.setup.ts';
import { openCalls } from './real-calls.test.setup.ts';
import {
  fileFor,
  fit,
  nodes,
  prepare,
  queries,
  states,
  tailOf,
  withItsThings,
} from './specification.test.setup.ts';

interface Exception {
  readonly operation: string;
  /** Names of examples; missing: all of the operation. */
  readonly examples?: readonly string[];
  /** What the simulator answers: a code of the catalogue, or `differs` where the shape is not the specification's. */
  readonly answers: number | 'differs';
  readonly why: string;
}

const exceptions = JSON.parse(
  readFileSync(inRoot('contracts/openapi/exceptions.json'), 'utf8'),
) as readonly Exception[];

const { operations } = readSpecification();
const examples = requestExamples();

const exceptionFor = ({ operation, name }: RequestExample): Exception | undefined =>
  exceptions.find((one) => one.operation === operation && (one.examples?.includes(name) ?? true));

it('has 111 operations, and 170 examples and more', () => {
  expect(operations).toHaveLength(111);
  expect(examples.length).toBeGreaterThan(170);
});

it('is excepted from in few places, each of them there', () => {
  const unknown = exceptions.filter(
    ({ operation, examples: names }) =>
      !examples.some((one) => one.operation === operation && (names?.includes(one.name) ?? true)),
  );
  expect(unknown).toEqual([]);
  expect(examples.filter(exceptionFor).length).toBeLessThan(examples.length / 10);
});

/** A callback that proves itself, for examples that name one. */
let callback: Server;
let callbackUrl: string;
beforeAll(async () => {
  callback = createServer((request, response) => {
    response.end(new URL(request.url ?? '/', 'http://callback').searchParams.get('hub.challenge'));
  });
  await new Promise<void>((resolve) => callback.listen(0, '127.0.0.1', resolve));
  callbackUrl = `http://127.0.0.1:${(callback.address() as AddressInfo).port}/hook`;
});
afterAll(() => callback.close());

const titled = examples.map((example) => [`${example.operation}: ${example.name}`, example] as const);

describe('an example of Meta’s', () => {
  it.each(titled)('%s', async (_title, example) => {
    const operation = operations.find(({ id }) => id === example.operation);
    if (!operation) throw new Error('No such operation.');
    const calls = await openCalls(`number: ${states[operation.id] ?? 'cloud-api'}`);
    try {
      const answer = await send(calls, operation, example);
      const exception = exceptionFor(example);
      const found = judge(operation, answer);
      if (exception) expect(found?.answers, 'an exception that is not needed').toBe(exception.answers);
      else expect(found?.said ?? 'as specified').toBe('as specified');
    } finally {
      await calls.close();
    }
  });
});

interface Finding {
  readonly answers: Exception['answers'];
  readonly said: string;
}

/** What is wrong with an answer, if anything. */
function judge(operation: ReducedOperation, { status, json }: Answer): Finding | undefined {
  const { error } = json as { readonly error?: { readonly code: number } };
  if (status !== 200) return { answers: error?.code ?? status, said: JSON.stringify(error) };
  const [first] = specificationValidator(operation, 'answer')(json);
  return (
    first && { answers: 'differs', said: `${first.pointer} ${first.message} ${JSON.stringify(first.params)}` }
  );
}

async function send(calls: RealCalls, operation: ReducedOperation, example: RequestExample): Promise<Answer> {
  const nodeId = await idOf(calls, operation);
  const edge = operation.edge.replace(/\{[^/]*\}/, await tailOf(calls, operation));
  await prepare(calls, operation, nodeId);
  const query = new URLSearchParams(
    fit(calls, { ...example.query, ...queries[operation.id] }, callbackUrl) as Record<string, string>,
  ).toString();
  const path = `v23.0/${nodeId}${edge === '' ? '' : `/${edge}`}${query === '' ? '' : `?${query}`}`;
  if (operation.method === 'GET') return calls.get(path);
  const fitted = fit(calls, example.body ?? bodyFor(operation), callbackUrl);
  const body = await withItsThings(calls, fitted);
  if (operation.method === 'DELETE') return calls.del(path, body as Record<string, never>);
  return calls.post(path, hasFile(body, operation) ? asForm(body) : (body as Record<string, never>));
}

const hasFile = (body: Json, { body: schema }: ReducedOperation): boolean =>
  'file' in (body as object) || JSON.stringify(schema ?? {}).includes('"format":"binary"');

async function idOf(calls: RealCalls, { node }: ReducedOperation): Promise<string> {
  const own = nodes[node];
  return own ? own(calls) : generatedId(calls.world.world, node as GeneratedKind);
}

/** Without an example, the specification's own samples of each parameter. */
function bodyFor({ body }: ReducedOperation): Json {
  if (!body) return {};
  const making = { random: createRandom(1), nodeId: '1', now: '2026-10-01T00:00:00+0000' };
  return makeValue(body, making) as Json;
}

function asForm(body: Json): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body as Record<string, Json>)) {
    if (name === 'file') form.set(name, fileFor(value), 'file');
    else form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return form;
}
