/** A simulator that shares a long history; reports how much memory that took. */
import { createSimulator } from '../../../simulator/index.ts';
import { report } from '../child.ts';
import { plainScenario } from '../plain-scenario.ts';

const [callbackUrl = '', messages = '0'] = process.argv.slice(2);
const simulator = await createSimulator({ app: { callbackUrl } });
const world = simulator.defaultWorld;
const scenario = plainScenario({
  customers: 3,
  more: `history: { messages: ${messages}, threads: 2000, days: 180, mediaPerMille: 20, sharing: shared }`,
  steps: [
    'client.calls: { method: POST, path: "/{phone-number-id}/smb_app_data", body: { messaging_product: whatsapp, sync_type: history }, answers: { status: 200 } }',
  ],
});
const cast = world.stage(scenario);

const seen = { delivered: 0, mostBytes: 0, complete: false };
world.journal.subscribe((exchange) => {
  if (exchange.kind !== 'webhook') return;
  seen.delivered += exchange.body.split('"history_context"').length - 1;
  if (exchange.body.includes('"progress":100')) seen.complete = true;
  seen.mostBytes = Math.max(seen.mostBytes, process.memoryUsage.rss());
});
const startMs = performance.now();
const [step] = scenario.steps;
if (!step?.does.startsWith('client.')) throw new Error('The scenario has no call.');
await world.play(step as Parameters<typeof world.play>[0], cast);
while (!seen.complete) await world.advance(60_000);
report({
  delivered: seen.delivered,
  mostMegabytes: seen.mostBytes / 1024 / 1024,
  seconds: (performance.now() - startMs) / 1000,
});
await simulator.close();
