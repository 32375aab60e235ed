/** What it costs to let 14 days pass: heartbeat lapses, statuses and retries included. */
import { createSimulator } from '../../simulator/index.ts';
import { startChild } from './child.ts';
import { median, printLine } from './compare.ts';
import { plainScenario } from './plain-scenario.ts';

const wantedMs = 50;

export async function benchPassingTime(): Promise<void> {
  const sink = startChild<{ url: string }>('sink');
  const { url } = await sink.next();
  const simulator = await createSimulator({ app: { callbackUrl: url } });
  const scenario = plainScenario({
    customers: 3,
    steps: [
      'customer.sends: { from: c1, text: Hello }',
      'app.sends: { to: c1, text: Hi there }',
      'time.passes: 14d',
      'customer.sends: { from: c2, text: Anybody there? }',
    ],
  });
  const durations: number[] = [];
  for (let round = 0; round < 11; round += 1) {
    const world = simulator.openWorld({ name: `round ${round}` });
    const startMs = performance.now();
    const cast = world.stage(scenario);
    for (const step of scenario.steps) await world.play(step as Parameters<typeof world.play>[0], cast);
    durations.push(performance.now() - startMs);
    await world.close();
  }
  await Promise.all([simulator.close(), sink.stop()]);
  const worst = Math.max(...durations);
  const figures = `${median(durations).toFixed(1)} ms, at worst ${worst.toFixed(1)} ms`;
  printLine('a scenario that lets 14 days pass', figures, `< ${wantedMs} ms`, median(durations) < wantedMs);
}
