/** One exchange, looked at closely: what the contracts say of it, whether it was signed, and what belongs to it. */
import { createHmac } from 'node:crypto';
import type { ContractFinding } from '../../contracts/catalogue.ts';
import {
  checkAnswer,
  checkRequest,
  checkWebhook,
  type Exchange,
  type GraphExchange,
  type WebhookExchange,
  type WorldHandle,
} from '../index.ts';

export interface ExchangeView {
  readonly exchange: Exchange;
  /** What keeps no contract: of a call by the system under test, its request; of the rest, what coex itself sent. */
  readonly findings: readonly {
    readonly of: 'request' | 'answer' | 'webhook';
    readonly pointer: string;
    readonly message: string;
  }[];
  /** Of webhooks: whether the header is the signature of these bytes under the app's secret. */
  readonly signature?: 'right' | 'wrong' | 'missing' | 'body gone';
  /** Numbers of exchanges about the same message, or of the same delivery. */
  readonly related: readonly number[];
}

/** Most related exchanges that are named. */
const mostRelated = 20;

/** @returns nothing where the exchange is not kept any more */
export function viewExchange(world: WorldHandle, number: number): ExchangeView | undefined {
  const [exchange] = world.journal.since(number - 1);
  if (exchange?.number !== number) return undefined;
  const related = relatedTo(exchange, world);
  return exchange.kind === 'graph'
    ? { exchange, findings: findingsOfCall(exchange), related }
    : {
        exchange,
        findings: findingsOfWebhook(exchange),
        signature: checkSignature(exchange, world),
        related,
      };
}

const told = (
  of: 'request' | 'answer' | 'webhook',
  findings: readonly ContractFinding[],
): ExchangeView['findings'] => findings.map(({ pointer, message }) => ({ of, pointer, message }));

const findingsOfCall = (call: GraphExchange): ExchangeView['findings'] => [
  ...told('request', checkRequest(call)),
  ...checkAnswer(call).flatMap(({ findings }) => told('answer', findings)),
];

const findingsOfWebhook = (webhook: WebhookExchange): ExchangeView['findings'] =>
  webhook.bodyGone ? [] : checkWebhook(webhook).flatMap(({ findings }) => told('webhook', findings));

function checkSignature(
  { headers, body, bodyGone }: WebhookExchange,
  { world }: WorldHandle,
): NonNullable<ExchangeView['signature']> {
  const given = headers['X-Hub-Signature-256'];
  if (given === undefined) return 'missing';
  if (bodyGone) return 'body gone';
  const bytes = Buffer.from(body, 'latin1');
  const isRight = [...world.apps.values()].some(
    ({ secret }) => given === `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`,
  );
  return isRight ? 'right' : 'wrong';
}

/** Ids of messages, by which calls and webhooks belong together. */
const wamids = (exchange: Exchange): readonly string[] => {
  const text = exchange.kind === 'graph' ? JSON.stringify([exchange.params, exchange.answer]) : exchange.body;
  return text.match(/wamid\.[\w+/=-]+/g) ?? [];
};

function relatedTo(exchange: Exchange, { journal }: WorldHandle): readonly number[] {
  const ids = new Set(wamids(exchange));
  const isRelated = (other: Exchange): boolean =>
    (exchange.kind === 'webhook' && other.kind === 'webhook' && other.deliveryId === exchange.deliveryId) ||
    wamids(other).some((id) => ids.has(id));
  return journal
    .since(0)
    .filter((other) => other.number !== exchange.number && isRelated(other))
    .map(({ number }) => number)
    .slice(-mostRelated);
}
