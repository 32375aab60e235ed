/** Signed webhooks to a sink in another process, against a naive loop that posts the same bytes. */
import { startChild } from './child.ts';
import { pair, perSecond, printLine } from './compare.ts';

const wanted = 0.7;
const count = 20_000;

interface Figures {
  readonly perSecond: number;
  /** One body as it was sent, base64. */
  readonly body: string;
}

export async function benchWebhooks(): Promise<void> {
  const sink = startChild<{ url: string }>('sink');
  const { url } = await sink.next();
  const coex = startChild<Figures>('coex-webhooks', [url, String(count)]);
  await coex.next();
  let body = '';
  const ours = async (): Promise<number> => {
    coex.send({ go: true });
    const figures = await coex.next();
    body = figures.body;
    return figures.perSecond;
  };
  // Warms both up, and gives the bytes that the other side signs and posts.
  await ours();
  const theirs = async (): Promise<number> => {
    const naive = startChild<Figures>('naive-poster', [url, String(count), body]);
    const figures = await naive.next();
    await naive.stop();
    return figures.perSecond;
  };
  const result = await pair(3, ours, theirs);
  await Promise.all([coex.stop(), sink.stop()]);
  const figures = `${result.ratio.toFixed(2)} of a naive loop (${perSecond(result.ours)} of ${perSecond(result.theirs)})`;
  printLine('signed webhooks to a sink', figures, `≥ ${wanted}`, result.ratio >= wanted);
}
