/** Plays what the library's scenarios do, without any system under test, and keeps the webhooks that a receiver got. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { obligations, packageRoot, webhookFields } from '../../contracts/catalogue.ts';
import { expandMatrix } from '../../scenarios/language/matrix.ts';
import { parseScenario } from '../../scenarios/language/parse.ts';
import { isExpectation, type Scenario } from '../../scenarios/language/scenario.ts';
import { createSimulator, type Simulator } from '../index.ts';

export const liveSecret = 'live-secret';

/** One delivery as it came over HTTP. */
export interface LiveWebhook {
  readonly field: string;
  /** `messages text`, `messages status-sent`, `history`. */
  readonly kind: string;
  readonly body: string;
  readonly signature: string;
}

/** Most of one kind: a long history says the same thing a hundred times. */
const mostOfAKind = 5;

/** @returns what came, genuine deliveries alone */
export async function playLibrary(): Promise<readonly LiveWebhook[]> {
  const kept: LiveWebhook[] = [];
  const server = createServer((request, response) => {
    const read = text(request).then((body) => {
      response.end();
      const signature = String(request.headers['x-hub-signature-256']);
      const genuine = `sha256=${createHmac('sha256', liveSecret).update(body).digest('hex')}`;
      if (signature !== genuine) return;
      const one = { ...kindOf(body), body, signature };
      // A field that a scenario made up is nobody's.
      if (!webhookFields().includes(one.field)) return;
      if (kept.filter(({ kind }) => kind === one.kind).length < mostOfAKind) kept.push(one);
    });
    // A delivery that is broken off, as some scenarios have it, is none.
    read.catch(() => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const simulator = await createSimulator({
    seed: 'live',
    // Some scenarios wait it out; on a busy machine an ordinary answer takes a while, too.
    webhookTimeLimitMs: 1_500,
    app: {
      callbackUrl: `http://127.0.0.1:${port}/`,
      secret: liveSecret,
      fields: webhookFields(),
    },
  });
  try {
    // Scenarios may subscribe the app anew, with other fields.
    await notify(simulator);
    await playVoiceNote(simulator);
    for (const file of libraryFiles()) await act(simulator, file);
  } finally {
    await simulator.close();
    server.closeAllConnections();
    server.close();
  }
  return kept;
}

const folder = path.join(packageRoot(), 'scenarios');
const libraryFiles = (): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort();

async function act(simulator: Simulator, file: string): Promise<void> {
  const known = { obligations: new Set(obligations().map(({ id }) => id)) };
  const parsed = parseScenario(readFileSync(path.join(folder, file), 'utf8'), file, file, known);
  if (!('scenario' in parsed)) throw new Error(`${file} does not read.`);
  for (const scenario of expandMatrix(parsed.scenario)) await actOne(simulator, scenario);
}

async function actOne(simulator: Simulator, scenario: Scenario): Promise<void> {
  const world = simulator.openWorld({ name: scenario.id, behaviour: scenario.behaviour });
  const cast = world.stage(scenario);
  for (const step of scenario.steps) {
    if (isExpectation(step)) continue;
    await world.play(step, cast);
    if (step.does === 'customer.sends')
      await answer(simulator, cast.phoneNumberId, cast.customers[step.from]?.waId);
  }
  await world.advance(60_000);
  await world.settled();
  await world.close();
}

/** What a system would answer, so that there are statuses; where a scenario breaks the line, there are none. */
async function answer(
  simulator: Simulator,
  phoneNumberId: string,
  to: string | undefined,
  body: object = { type: 'text', text: { body: 'Olá' } },
): Promise<void> {
  const request = fetch(`${simulator.url}/v23.0/${phoneNumberId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${simulator.app.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to, ...body }),
    signal: AbortSignal.timeout(2_000),
  });
  await request.then((response) => response.arrayBuffer()).catch(() => undefined);
}

async function playVoiceNote(simulator: Simulator): Promise<void> {
  const { world, cast } = await perform(simulator, 'voice', '  - customer.sends: { from: ana, text: Oi }');
  const audio = { type: 'audio', audio: { link: 'https://example.com/nota.ogg', voice: true } };
  await answer(simulator, cast.phoneNumberId, cast.customers['ana']?.waId, audio);
  await world.advance(60_000);
  await world.settled();
  await world.close();
}

/** What nothing here sends by itself: an example of each contract, as a scenario has Meta send it. */
async function notify(simulator: Simulator): Promise<void> {
  const steps = webhookFields().flatMap((field) => {
    const examples = path.join(packageRoot(), 'contracts/webhooks', field.replaceAll('_', '-'), 'examples');
    const [example] = readdirSync(examples).filter((name) => !name.startsWith('broken-'));
    const value = readFileSync(path.join(examples, example ?? ''), 'utf8').replaceAll('\n', ' ');
    return [`  - meta.notifies: { field: ${field}, value: ${value} }`];
  });
  const { world } = await perform(simulator, 'notices', steps.join('\n'));
  await world.settled();
  await world.close();
}

async function perform(simulator: Simulator, name: string, steps: string) {
  const source = `scenario: A test\ncustomers: { ana: {} }\nsteps:\n${steps}\n`;
  const parsed = parseScenario(source, `${name}.yaml`, name, { obligations: new Set() });
  if (!('scenario' in parsed)) throw new Error(JSON.stringify(parsed.diagnostics));
  const world = simulator.openWorld({ name });
  const cast = world.stage(parsed.scenario);
  for (const step of parsed.scenario.steps) {
    if (isExpectation(step)) continue;
    const result = await world.play(step, cast);
    if (result.kind !== 'done') throw new Error(`${step.name}: ${JSON.stringify(result)}`);
  }
  return { world, cast };
}

interface Value {
  readonly messages?: readonly { readonly type: string }[];
  readonly statuses?: readonly { readonly status: string }[];
}

function kindOf(body: string): Pick<LiveWebhook, 'field' | 'kind'> {
  const { entry } = JSON.parse(body) as { entry: { changes: { field: string; value: Value }[] }[] };
  const { field = '', value = {} } = entry[0]?.changes[0] ?? {};
  const [message] = value.messages ?? [];
  const [status] = value.statuses ?? [];
  const detail = message?.type ?? (status && `status-${status.status}`);
  return { field, kind: detail === undefined ? field : `${field} ${detail}` };
}
