/** A simulator over HTTP and one scenario's people in it: what a test of an edge needs. */
import { webhookFields } from '../contracts/catalogue.ts';
import { parseScenario } from '../scenarios/language/parse.ts';
import { isExpectation } from '../scenarios/language/scenario.ts';
import type { Behaviour } from './core/behaviour.ts';
import type { JsonObject } from './core/json.ts';
import { createSimulator, type Cast, type Simulator, type WorldHandle } from './index.ts';

export interface Answer {
  readonly status: number;
  readonly json: JsonObject;
  /** The same, for answers that are no object or that a test gives a shape of its own. */
  readonly body: unknown;
  readonly headers: Headers;
}

export interface RealCalls {
  readonly simulator: Simulator;
  readonly world: WorldHandle;
  readonly cast: Cast;
  get(path: string): Promise<Answer>;
  post(path: string, body?: JsonObject | FormData): Promise<Answer>;
  del(path: string, body?: JsonObject): Promise<Answer>;
  /** Plays steps, as YAML: `- customer.sends: { from: ana, text: Hi }`. */
  play(steps: string): Promise<void>;
  /** Values of the webhooks of a field that were made so far, whether or not anybody got them. */
  webhooks(field: string): Promise<readonly JsonObject[]>;
  close(): Promise<void>;
}

/**
 * Opens a simulator with a number, and the customers `ana` and `bea`.
 *
 * @param top - further lines of the scenario's top, such as `number: cloud-api`
 */
export async function openCalls(top = '', behaviour: Partial<Behaviour> = {}): Promise<RealCalls> {
  const simulator = await createSimulator({
    seed: 'calls',
    behaviour,
    // Nobody listens there: webhooks are made and journalled, and nothing waits for an answer.
    app: { callbackUrl: 'http://127.0.0.1:9/nobody', fields: webhookFields() },
  });
  const world = simulator.defaultWorld;
  const head = `scenario: A test\ncustomers: { ana: { country: BR, name: Ana }, bea: { country: BR, name: Bea } }\n${top}`;
  const cast = world.stage(scenarioOf(`${head}\nsteps: [app.opens]`));
  const call = async (method: string, path: string, body?: JsonObject | FormData): Promise<Answer> => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${simulator.url}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${simulator.app.token}`,
        ...(body && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
    const read: unknown = await response.json();
    return {
      status: response.status,
      json: read as JsonObject,
      body: read,
      headers: response.headers,
    };
  };
  return {
    simulator,
    world,
    cast,
    get: (path) => call('GET', path),
    post: (path, body = {}) => call('POST', path, body),
    del: (path, body) => call('DELETE', path, body),
    async play(steps) {
      const { steps: acts } = scenarioOf(`${head}\nsteps:\n${steps}`);
      for (const step of acts) {
        if (isExpectation(step)) throw new Error('A test expects by itself.');
        const result = await world.play(step, cast);
        if (result.kind === 'mistaken') throw new Error(result.mistake.message);
        if (result.kind === 'refused') throw new Error(result.refusal.message);
      }
    },
    async webhooks(field) {
      await world.settled();
      return world.journal
        .since(0)
        .flatMap((exchange) =>
          exchange.kind === 'webhook' && exchange.field === field && exchange.attempt === 1
            ? [valueOf(exchange.body)]
            : [],
        );
    },
    close: () => simulator.close(),
  };
}

function scenarioOf(yaml: string) {
  const parsed = parseScenario(yaml, 'test.yaml', 'test', { obligations: new Set() });
  if ('scenario' in parsed) return parsed.scenario;
  throw new Error(JSON.stringify(parsed.diagnostics));
}

function valueOf(body: string): JsonObject {
  const { entry } = JSON.parse(body) as { entry: { changes: { value: JsonObject }[] }[] };
  const value = entry[0]?.changes[0]?.value;
  if (!value) throw new Error(`A webhook without a value: ${body}`);
  return value;
}
