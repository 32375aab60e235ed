/** What a client is played against: a coexistence number whose customer has just written, and numbers of other kinds. */
import { parseScenario } from '../../scenarios/language/parse.ts';
import { isExpectation } from '../../scenarios/language/scenario.ts';
import { createApp } from '../control/app.ts';
import { createSimulator, type Cast, type Simulator, type WorldHandle } from '../index.ts';

/** What a client is told: addresses and ids, as an integrator would copy them out of Meta's pages. */
export interface Facts {
  readonly url: string;
  readonly token: string;
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly customer: string;
  readonly userId: string;
  /** The message that opened the customer's window. */
  readonly inbound: string;
  readonly catalogId: string;
  readonly flowId: string;
  readonly draftFlowId: string;
  /** An approved template that may be changed and deleted. */
  readonly spareTemplate: string;
  /** Numbers outside coexistence: one that may call, one to be verified, one to be registered anew. */
  readonly callable: string;
  readonly caller: string;
  readonly fresh: string;
  readonly verified: string;
  /** Where the codes that were sent to `fresh` stand. */
  readonly codeLog: string;
  readonly template: unknown;
}

export interface Stage {
  readonly facts: Facts;
  /** How many Graph calls were answered so far. */
  exchanges(): number;
  close(): Promise<void>;
}

export async function openStage(seed: string): Promise<Stage> {
  const simulator = await createSimulator({ seed, pace: 'live', attach: (running) => control(running) });
  const number = await perform(simulator.defaultWorld, 'coexistence');
  const ana = number.customers['ana'];
  if (!ana) throw new Error('The customer is missing.');
  const open = (name: string, state: string) => perform(simulator.openWorld({ name }), state);
  const callable = await open('callable', 'cloud-api');
  const fresh = await open('fresh', 'fresh');
  const verified = await open('verified', 'fresh');
  const post = async (path: string, body: object): Promise<{ id: string }> => {
    const answer = await fetch(`${simulator.url}/v23.0/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${simulator.app.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { id: string };
  };
  const published = await post(`${number.wabaId}/flows`, {
    name: 'A',
    categories: ['OTHER'],
    flow_json: flowJson,
    publish: true,
  });
  const draft = await post(`${number.wabaId}/flows`, {
    name: 'B',
    categories: ['OTHER'],
    flow_json: flowJson,
  });
  const facts: Facts = {
    flowId: published.id,
    draftFlowId: draft.id,
    spareTemplate: 'hello_world',
    callable: callable.phoneNumberId,
    caller: callable.customers['ana']?.waId ?? '',
    fresh: fresh.phoneNumberId,
    verified: verified.phoneNumberId,
    codeLog: `${simulator.url}/_coex/worlds/fresh/log`,
    url: simulator.url,
    token: simulator.app.token,
    phoneNumberId: number.phoneNumberId,
    wabaId: number.wabaId,
    customer: ana.waId,
    userId: ana.userId,
    inbound: number.messages.get('hello') ?? '',
    catalogId: '194836987003835',
    template: {
      name: 'order_update',
      language: { code: 'en_US' },
      components: [{ type: 'body', parameters: [{ type: 'text', text: 'A-7' }] }],
    },
  };
  return {
    facts,
    exchanges: () =>
      simulator.worlds().reduce((sum, { journal }) => sum + journal.since(0).filter(isGraph).length, 0),
    close: () => simulator.close(),
  };
}

const control = (simulator: Simulator) => createApp(simulator, { obligations: () => [] });

const flowJson = JSON.stringify({
  version: '7.0',
  screens: [
    { id: 'DATES', title: 'Dates', terminal: true, layout: { type: 'SingleColumnLayout', children: [] } },
  ],
});

const isGraph = ({ kind }: { readonly kind: string }): boolean => kind === 'graph';

async function perform(world: WorldHandle, state: string): Promise<Cast> {
  const source = `
scenario: A customer says hello
number: ${state}
customers: { ana: { country: BR, name: Ana Lopez } }
steps:
  - customer.sends: { from: ana, text: Olá, as: hello }
`;
  const parsed = parseScenario(source, 'clients.yaml', 'clients', { obligations: new Set() });
  if (!('scenario' in parsed)) throw new Error(JSON.stringify(parsed.diagnostics));
  const { scenario } = parsed;
  const cast = world.stage(scenario);
  for (const step of scenario.steps) if (!isExpectation(step)) await world.play(step, cast);
  return cast;
}
