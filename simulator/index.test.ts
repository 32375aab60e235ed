import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseScenario } from '../scenarios/language/parse.ts';
import { isExpectation, type ActingStep, type Scenario } from '../scenarios/language/scenario.ts';
import { createSimulator, type Simulator, type StepResult, type WorldHandle } from './index.ts';
import { toLine } from './core/event-log.ts';

const startMs = Date.UTC(2026, 9, 1);

let received: { body: string; signature: string | undefined }[];
let sink: Server;
let simulator: Simulator;

beforeEach(async () => {
  received = [];
  sink = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const signature = request.headers['x-hub-signature-256'];
      const challenge = new URL(request.url ?? '/', 'http://sink').searchParams.get('hub.challenge');
      if (challenge !== null) {
        response.end(challenge);
        return;
      }
      received.push({ body, signature: Array.isArray(signature) ? signature[0] : signature });
      response.end();
    });
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  simulator = await open();
});

afterEach(async () => {
  await simulator.close();
  sink.closeAllConnections();
  await new Promise((resolve) => sink.close(resolve));
});

const open = (seed = 'test'): Promise<Simulator> =>
  createSimulator({
    seed,
    app: { callbackUrl: `http://127.0.0.1:${(sink.address() as AddressInfo).port}/hook` },
  });

function scenarioOf(yaml: string): Scenario {
  const parsed = parseScenario(yaml, 'test.yaml', 'test', { obligations: new Set() });
  if ('scenario' in parsed) return parsed.scenario;
  throw new Error(JSON.stringify(parsed.diagnostics));
}

async function perform(world: WorldHandle, yaml: string): Promise<StepResult[]> {
  const scenario = scenarioOf(yaml);
  const cast = world.stage(scenario);
  const steps = scenario.steps.filter((step): step is ActingStep => !isExpectation(step));
  const results: StepResult[] = [];
  for (const step of steps) results.push(await world.play(step, cast));
  return results;
}

async function sendText(phoneNumberId: string, to: string): Promise<unknown> {
  const body = { messaging_product: 'whatsapp', to, type: 'text', text: { body: 'Hi' } };
  const answer = await fetch(`${simulator.url}/v23.0/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${simulator.app.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.json();
}

const fieldsReceived = (): string[] =>
  received.map(
    ({ body }) =>
      (JSON.parse(body) as { entry: { changes: { field: string }[] }[] }).entry[0]!.changes[0]!.field,
  );

const lapse = `
scenario: A phone in a drawer
number: coexistence
customers: { ana: { country: BR } }
steps:
  - customer.sends: { from: ana, text: Oi }
  - app.sends: { to: ana, text: "Olá, tudo bem?" }
  - time.passes: 14d
  - customer.sends: { from: ana, text: Alguém aí? }
`;

describe('a simulator', () => {
  it('delivers what a step caused before the step is over, and nothing after the link broke', async () => {
    const world = simulator.openWorld({ name: 'lapse', startMs });
    await perform(world, lapse);
    expect(fieldsReceived()).toEqual(['messages', 'smb_message_echoes', 'account_update']);
    expect(received.every(({ signature }) => /^sha256=[0-9a-f]{64}$/.test(signature ?? ''))).toBe(true);
    expect(world.nowMs() - startMs).toBe(14 * 86_400_000);
  });

  it('writes the same log for the same seed and scenario, byte for byte, and another for another seed', async () => {
    const logOf = async (seed: string): Promise<string> => {
      const own = await open(seed);
      const world = own.openWorld({ name: 'lapse', startMs });
      await perform(world, lapse);
      await own.close();
      return world.log.recent().map(toLine).join('\n');
    };
    const first = await logOf('a');
    expect(first).toBe(await logOf('a'));
    expect(first).not.toBe(await logOf('b'));
    expect(first.split('\n').length).toBeGreaterThan(20);
  });

  it('keeps worlds apart: a call finds the world its node lives in', async () => {
    const [one, two] = ['one', 'two'].map((name) => simulator.openWorld({ name, startMs }));
    const [castOne, castTwo] = [one!, two!].map((world) =>
      world.stage(scenarioOf('scenario: x\nsteps: [app.opens]')),
    );
    expect(castOne!.phoneNumberId).not.toBe(castTwo!.phoneNumberId);
    await fetch(`${simulator.url}/v23.0/${castTwo!.phoneNumberId}?access_token=${simulator.app.token}`);
    expect([one!.journal.newest, two!.journal.newest]).toEqual([0, 1]);
  });

  it('lets a closed world go on answering calls, as of its last instant and without webhooks', async () => {
    const world = simulator.openWorld({ name: 'over', startMs });
    await perform(
      world,
      'scenario: x\ncustomers: { ana: {} }\nsteps: [{ customer.sends: { from: ana, text: Oi } }]',
    );
    const { phoneNumberId, customers } = world.cast!;
    await world.close();
    expect(simulator.worlds()).not.toContain(world);
    const heard = received.length;
    const sent = await sendText(phoneNumberId, customers['ana']!.waId);
    await world.advance(10_000);
    expect(sent).toMatchObject({ messages: [{ id: expect.stringMatching(/^wamid\./) as string }] });
    expect(world.nowMs()).toBe(startMs);
    expect(received).toHaveLength(heard);
  });

  it('lets an open world answer before a closed one of the same name', async () => {
    const yaml = 'scenario: x\ncustomers: { ana: {} }\nsteps: [app.opens]';
    const first = simulator.openWorld({ name: 'twice', startMs });
    first.stage(scenarioOf(yaml));
    await first.close();
    const second = simulator.openWorld({ name: 'twice', startMs });
    const { phoneNumberId, customers } = second.stage(scenarioOf(yaml));
    await sendText(phoneNumberId, customers['ana']!.waId);
    expect([first.journal.newest, second.journal.newest]).toEqual([0, 1]);
  });

  it('finds the world of a signup by its code, and of what follows by the token', async () => {
    simulator.openWorld({ name: 'bystander' });
    const world = simulator.openWorld({ name: 'signup', startMs });
    const yaml = 'scenario: x\nnumber: app-only\nsteps:\n  - signup.completes: { history: shared }';
    const [signup] = await perform(world, yaml);
    if (signup?.kind !== 'signup') throw new Error('No signup.');
    const query = new URLSearchParams({
      client_id: simulator.app.id,
      client_secret: simulator.app.secret,
      code: signup.code ?? '',
    });
    const answer = await fetch(`${simulator.url}/v23.0/oauth/access_token?${query.toString()}`);
    const { access_token: token } = (await answer.json()) as { access_token: string };
    expect(token).toMatch(/^EAA/);
    const about = await fetch(`${simulator.url}/debug_token?input_token=${token}&access_token=${token}`);
    expect(await about.json()).toMatchObject({ data: { is_valid: true } });
    expect(world.journal.since(0).filter(({ kind }) => kind === 'graph')).toHaveLength(2);
    expect(JSON.stringify(world.journal.since(0))).not.toContain(simulator.app.secret);
  });

  it('lets a new subscription of the app count in every world', async () => {
    const world = simulator.openWorld({ name: 'early', startMs });
    const path = `/${simulator.app.id}/subscriptions?access_token=${simulator.app.id}|${simulator.app.secret}`;
    const answer = await fetch(simulator.url + path, {
      method: 'POST',
      body: new URLSearchParams({
        object: 'whatsapp_business_account',
        callback_url: `http://127.0.0.1:${(sink.address() as AddressInfo).port}/other`,
        verify_token: 'x',
        fields: 'messages',
      }),
    });
    expect(await answer.json()).toEqual({ success: true });
    expect(world.subscription()).toMatchObject({ fields: ['messages'], callback: { verifyToken: 'x' } });
    expect(simulator.openWorld({ name: 'late' }).subscription()).toEqual(world.subscription());
  });

  it('says that a port is taken, in the system’s own code', async () => {
    const { port } = new URL(simulator.url);
    await expect(createSimulator({ port: Number(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('lets a scenario call the Graph itself, marked as such', async () => {
    const world = simulator.openWorld({ name: 'client', startMs });
    const results = await perform(
      world,
      'scenario: x\nsteps:\n  - client.calls: { method: POST, path: "/{phone-number-id}/register", body: { messaging_product: whatsapp, pin: "123456" }, answers: { status: 400, code: 100 } }',
    );
    expect(results).toEqual([{ kind: 'answered', status: 400, code: 100 }]);
    expect(world.journal.since(0)).toMatchObject([{ edge: 'register', byScenario: true }]);
  });
});
