/** Graph sends, validated and journalled, against the ceiling of `node:http`. */
import autocannon from 'autocannon';
import { startChild } from './child.ts';
import { pair, perSecond, printLine } from './compare.ts';

const wanted = 0.5;

interface Target {
  readonly url: string;
  readonly token?: string;
  readonly to?: string;
}

async function requestsPerSecond(target: Target, seconds = 3): Promise<number> {
  const { url, token = 'none', to = '447700900123' } = target;
  const result = await autocannon({
    url,
    method: 'POST',
    connections: 10,
    duration: seconds,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      to,
      type: 'text',
      text: { body: 'Hello from bench' },
    }),
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed.`);
  }
  return result.requests.average;
}

export async function benchGraphSends(): Promise<void> {
  const bare = startChild<Target>('bare-server');
  const coex = startChild<Target>('coex-graph');
  const [bareTarget, coexTarget] = [await bare.next(), await coex.next()];
  // Both compile what they need before anything is measured.
  for (const target of [bareTarget, coexTarget]) await requestsPerSecond(target, 1);
  const measure = () =>
    pair(
      3,
      () => requestsPerSecond(coexTarget),
      () => requestsPerSecond(bareTarget),
    );
  const { ours, theirs, ratio } = await measure();
  await Promise.all([bare.stop(), coex.stop()]);
  const figures = `${ratio.toFixed(2)} of node:http (${perSecond(ours)} of ${perSecond(theirs)})`;
  printLine('Graph sends, validated and journalled', figures, `≥ ${wanted}`, ratio >= wanted);
}
