import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSpecification, specificationValidator } from '../../../contracts/specification.ts';
import { createRandom } from '../../core/random.ts';
import { openCalls, type RealCalls } from '../../real-calls.test.setup.ts';
import { makeValue } from './value.ts';

const making = () => ({ random: createRandom(1), nodeId: '42', now: '2026-10-01T00:00:00+0000' });

describe('a made value', () => {
  const { operations } = readSpecification();
  /** Samples that break their own schema in Meta's file, by the pointer that differs. */
  const brokenSamples = [
    'getIndividualQrCode',
    'listAllQrCodes',
    'createOrUpdateQrCode',
    'getBusinessComplianceInfo',
    'manageCalls',
  ];

  it.each(
    operations.filter(({ answer, id }) => answer && !brokenSamples.includes(id)).map((one) => [one.id, one]),
  )('keeps the answer’s schema of %s', (_id, operation) => {
    const value = makeValue(operation.answer ?? {}, making());
    expect(specificationValidator(operation, 'answer')(value)).toEqual([]);
  });

  it('has everything an object may have, ids of their own, and the choice that chance makes', () => {
    const schema = {
      type: 'object',
      required: [],
      properties: { id: { type: 'string' }, app_id: { type: 'string' }, colour: { enum: ['red', 'blue'] } },
    };
    const value = makeValue(schema, making()) as Record<string, string>;
    expect(value).toMatchObject({ id: '42', app_id: expect.stringMatching(/^[1-9]\d{14}$/) as string });
    const colours = new Set(
      Array.from({ length: 20 }, (_, seed) =>
        JSON.stringify(makeValue(schema.properties.colour, { ...making(), random: createRandom(seed) })),
      ),
    );
    expect(colours.size).toBe(2);
  });
});

describe('an operation that no feature answers', () => {
  let calls: RealCalls;
  beforeAll(async () => {
    calls = await openCalls();
  });
  afterAll(() => calls.close());

  it('says so in a header, and answers the same again', async () => {
    const path = `v23.0/${calls.cast.wabaId}/solutions`;
    const first = await calls.get(path);
    expect(first.status).toBe(200);
    expect(first.headers.get('x-coex-fidelity')).toBe('generated');
    expect(await calls.get(path)).toMatchObject({ json: first.json });
    const stateful = await calls.get(`v23.0/${calls.cast.wabaId}`);
    expect(stateful.headers.get('x-coex-fidelity')).toBeNull();
  });

  it('names nodes that answer, too', async () => {
    const { json } = await calls.get(`v23.0/${calls.cast.wabaId}/solutions`);
    const [solution] = json['data'] as { id: string }[];
    const node = await calls.get(`v23.0/${solution?.id ?? ''}`);
    expect(node).toMatchObject({ status: 200, json: { id: solution?.id } });
  });

  it('holds the request to the specification', async () => {
    const answer = await calls.get(`v23.0/${calls.cast.wabaId}/solutions?limit=many`);
    expect(answer).toMatchObject({ status: 400, json: { error: { code: 100 } } });
    expect(JSON.stringify(answer.json)).toContain('limit');
  });

  it.each(['wrong', 'solutions/wrong', 'flows/1/2/3'])(
    'and %s, which is nowhere, is an unknown path',
    async (edge) => {
      const answer = await calls.get(`v23.0/${calls.cast.wabaId}/${edge}`);
      expect(answer).toMatchObject({
        status: 400,
        json: { error: { code: 2500, message: `Unknown path components: /${edge}` } },
      });
    },
  );
});
