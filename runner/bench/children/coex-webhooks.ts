/** A simulator whose owner types on 32 phones at once: every echo is decided, logged, signed, posted and journalled. */
import { isExpectation } from '../../../scenarios/language/scenario.ts';
import { createSimulator } from '../../../simulator/index.ts';
import { report } from '../child.ts';
import { plainScenario } from '../plain-scenario.ts';

/** Enough that no lane waits for the next message, few enough that none is old when it leaves. */
const mostWaiting = 256;

const [callbackUrl = '', count = '0'] = process.argv.slice(2);
const total = Number(count);
const simulator = await createSimulator({ pace: 'live', app: { callbackUrl } });
const world = simulator.defaultWorld;
const scenario = plainScenario({
  customers: 1,
  steps: ['app.sends: { to: c1, text: Your order is ready. }'],
});
const casts = Array.from({ length: 32 }, () => world.stage(scenario));
const [step] = scenario.steps;
if (!step || isExpectation(step)) throw new Error('The scenario has no acting step.');

let sent = 0;
let answered = 0;
let startMs = performance.now();

function feed(): void {
  while (sent < total && sent - answered < mostWaiting) {
    const cast = casts[sent % casts.length];
    sent += 1;
    if (cast && step && !isExpectation(step))
      void world.play({ ...step, meanwhile: true } as typeof step, cast);
  }
}

world.journal.subscribe((exchange) => {
  answered += 1;
  if (answered === total) {
    const body = exchange.kind === 'webhook' ? Buffer.from(exchange.body).toString('base64') : '';
    report({ perSecond: total / ((performance.now() - startMs) / 1000), body });
  } else feed();
});

// The bench says when: the two sides are measured one after the other.
process.on('message', () => {
  sent = 0;
  answered = 0;
  startMs = performance.now();
  feed();
});
report({ ready: true });
