/** Graph sends, validated and journalled, against the ceiling of `node:http`. */
import autocannon from 'autocannon';
import { startChild } from './child.ts';
import { pair, perSecond, printLine } from './compare.ts';

const wanted = 0.5;
/** Of what a text message takes: looking at more of a message must not cost as much again. */
const wantedOfText = 0.6;

const text = { type: 'text', text: { body: 'Hello from bench' } };

/** What else systems send; the template is one that every account has. */
const others: Readonly<Record<string, object>> = {
  'with buttons': {
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: 'Shall we keep your table at eight?' },
      action: {
        buttons: ['Yes', 'Later', 'No'].map((title) => ({ type: 'reply', reply: { id: title, title } })),
      },
    },
  },
  'of a template': { type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } },
};

interface Target {
  readonly url: string;
  readonly token?: string;
  readonly to?: string;
}

async function requestsPerSecond(target: Target, message: object = text, seconds = 3): Promise<number> {
  const { url, token = 'none', to = '447700900123' } = target;
  const result = await autocannon({
    url,
    method: 'POST',
    connections: 10,
    duration: seconds,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ messaging_product: 'whatsapp', to, ...message }),
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
  // Both compile what they need before anything is measured; ours has more of it, and is still gaining after a second.
  for (const target of [bareTarget, coexTarget]) await requestsPerSecond(target, text, 4);
  const measure = () =>
    pair(
      5,
      () => requestsPerSecond(coexTarget),
      () => requestsPerSecond(bareTarget),
    );
  const { ours, theirs, ratio } = await measure();
  const figures = `${ratio.toFixed(2)} of node:http (${perSecond(ours)} of ${perSecond(theirs)})`;
  printLine('Graph sends, validated and journalled', figures, `≥ ${wanted}`, ratio >= wanted);
  for (const [name, message] of Object.entries(others)) {
    await requestsPerSecond(coexTarget, message, 1);
    const compared = await pair(
      3,
      () => requestsPerSecond(coexTarget, message),
      () => requestsPerSecond(coexTarget),
    );
    printLine(
      `Graph sends ${name}`,
      `${compared.ratio.toFixed(2)} of a text (${perSecond(compared.ours)} of ${perSecond(compared.theirs)})`,
      `≥ ${wantedOfText}`,
      compared.ratio >= wantedOfText,
    );
  }
  await Promise.all([bare.stop(), coex.stop()]);
}
