/** A million messages of history, delivered to a sink: how much memory the simulator takes. */
import { startChild } from './child.ts';
import { perSecond, printLine } from './compare.ts';

const messages = 1_000_000;
const wantedMegabytes = 250;

interface Figures {
  readonly delivered: number;
  readonly mostMegabytes: number;
  readonly seconds: number;
}

export async function benchHistoryMemory(): Promise<void> {
  const sink = startChild<{ url: string }>('sink');
  const { url } = await sink.next();
  const coex = startChild<Figures>('coex-history', [url, String(messages)]);
  const { delivered, mostMegabytes, seconds } = await coex.next();
  await Promise.all([coex.stop(), sink.stop()]);
  const figures = `${mostMegabytes.toFixed(0)} MB for ${delivered.toLocaleString('en')} at ${perSecond(delivered / seconds)}`;
  const reached = mostMegabytes < wantedMegabytes && delivered >= messages;
  printLine('history of a million messages', figures, `< ${wantedMegabytes} MB`, reached);
}
