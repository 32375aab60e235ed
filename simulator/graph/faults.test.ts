import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorCatalogue, errorValidator, graphContracts, graphErrors } from '../../contracts/catalogue.ts';
import type { GraphExchange } from '../core/journal.ts';
import { openCalls, type RealCalls } from '../real-calls.test.setup.ts';

let calls: RealCalls;
beforeEach(async () => {
  calls = await openCalls();
  await calls.play('  - customer.sends: { from: ana, text: Hi }');
});
afterEach(() => calls.close());

const send = (signal?: AbortSignal) =>
  fetch(`${calls.simulator.url}/v23.0/${calls.cast.phoneNumberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${calls.simulator.app.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      to: calls.cast.customers['ana']!.waId,
      text: { body: 'Hi' },
    }),
    ...(signal && { signal }),
  });
const sent = () => calls.world.log.recent().filter(({ event }) => event.type === 'message-sent').length;
const lastCall = () =>
  calls.world.journal.since(0).findLast((one): one is GraphExchange => one.kind === 'graph');

describe('a fault of the Graph', () => {
  it.each([
    [500, 'application/json', 1],
    [502, 'text/html', undefined],
    [503, 'application/json', 2],
    [504, 'text/html', undefined],
  ])('an error %i is a page or a Graph error, once', async (status, type, code) => {
    await calls.play(`  - graph.fault: { kind: error, status: ${status}, edge: messages }`);
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain(type);
    if (code !== undefined) {
      const json: unknown = await answer.json();
      expect(errorValidator()(json)).toEqual([]);
      expect(json).toMatchObject({ error: { code, is_transient: true } });
    }
    expect(sent()).toBe(0);
    expect(lastCall()).toMatchObject({ status, fault: 'error' });
    expect((await send()).status).toBe(200);
  });

  it.each([true, false])('a reset closes the connection, the send applied: %s', async (applied) => {
    await calls.play(`  - graph.fault: { kind: reset, applied: ${applied} }`);
    await expect(send()).rejects.toThrow();
    expect(sent()).toBe(applied ? 1 : 0);
    expect(lastCall()).toMatchObject({ status: 0, fault: 'reset' });
  });

  it('a client that waits for nothing gives up, and nothing is left', async () => {
    await calls.play('  - graph.fault: { kind: hang, applied: true }');
    await expect(send(AbortSignal.timeout(200))).rejects.toThrow();
    expect(sent()).toBe(1);
  });

  it('a late answer is the right one', async () => {
    await calls.play('  - graph.fault: { kind: latency, by: 100ms, times: 2 }');
    const before = performance.now();
    expect((await send()).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(90);
    expect(sent()).toBe(1);
  });

  it('of one edge leaves the others alone', async () => {
    await calls.play('  - graph.fault: { kind: error, edge: media }');
    expect((await send()).status).toBe(200);
  });
});

describe('every error of the catalogue can be ordered', () => {
  const answers = errorCatalogue().filter(({ side }) => side !== 'async');
  it.each(answers.map((error) => [error.code, error.subcode, error] as const))(
    '%i/%s as an answer',
    async (code, subcode, error) => {
      await calls.play(
        `  - graph.refuse: { edge: messages, code: ${code}${subcode === undefined ? '' : `, subcode: ${subcode}`} }`,
      );
      const answer = await send();
      const json: unknown = await answer.json();
      expect(errorValidator()(json)).toEqual([]);
      expect(json).toMatchObject({ error: { code } });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      // Where the edge lists it with a text of its own, that one counts.
      const own = graphErrors('messages').find((one) => one.code === code && one.subcode === subcode);
      if (!own && subcode !== undefined) expect(json).toMatchObject({ error: { error_subcode: subcode } });
      expect(answer.status).toBe((own ?? error).httpStatus);
      expect((await send()).status).toBe(200);
    },
  );

  it.each([400, 429] as const)('in the form of this world: 130429 with %i', async (rateLimitStatus) => {
    const other = await openCalls('', { rateLimitStatus });
    await other.play('  - graph.refuse: { edge: messages, code: 130429 }');
    const answer = await other.post(`v23.0/${other.cast.phoneNumberId}/messages`, {
      messaging_product: 'whatsapp',
      to: other.cast.customers['ana']?.waId ?? '',
      text: { body: 'Hi' },
    });
    await other.close();
    expect(answer).toMatchObject({ status: rateLimitStatus, json: { error: { code: 130429 } } });
  });

  const statuses = errorCatalogue().filter(({ side, subcode }) => side !== 'sync' && subcode === undefined);
  it.each(statuses.map(({ code }) => code))('%i as a status', async (code) => {
    await calls.play(`  - graph.refuse: { edge: messages, code: ${code}, as: status }`);
    expect((await send()).status).toBe(200);
    await calls.world.advance(5_000);
    const values = await calls.webhooks('messages');
    const [status] = values.flatMap(
      (value) => (value['statuses'] ?? []) as { status: string; errors: { code: number }[] }[],
    );
    expect(status).toMatchObject({ status: 'failed', errors: [{ code }] });
    expect((await send()).status).toBe(200);
    await calls.world.advance(5_000);
    expect(JSON.stringify(await calls.webhooks('messages'))).toContain('"status":"sent"');
  });

  it('one that is none is a mistake that names the nearest; a status wants an edge that sends', async () => {
    await expect(calls.play('  - graph.refuse: { edge: messages, code: 131046 }')).rejects.toThrow(
      'No error 131046',
    );
    await expect(calls.play('  - graph.refuse: { edge: media, code: 131047 }')).rejects.toThrow(
      'comes as a status',
    );
  });

  it('on every edge there is', async () => {
    for (const edge of graphContracts())
      await calls.play(`  - graph.refuse: { edge: ${edge}, code: 131000 }`);
  });
});
