/** Expectations and what was seen instead, in words. Pure. */
import type { CallMatch, ShownMessage } from '../../scenarios/language/scenario.ts';
import type { Exchange, GraphExchange, WebhookExchange } from '../../simulator/index.ts';
import { errorCode, isSutCall, param } from './match.ts';

/** `POST messages call to ana with {"type":"text"} answered with code 130429` */
export function describeMatch({ edge, method, to, body, answered, before }: CallMatch): string {
  return [
    method,
    `${edge} call`,
    to === undefined ? undefined : `to ${to}`,
    body === undefined ? undefined : `with ${JSON.stringify(body)}`,
    answered?.status === undefined ? undefined : `answered with status ${answered.status}`,
    answered?.code === undefined ? undefined : `answered with code ${answered.code}`,
    before === undefined ? undefined : `before one of ${before}`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** `POST messages to 5511… (text), answered 200` */
export function describeCall(call: GraphExchange): string {
  const to = param(call, 'to') ?? param(call, 'recipient');
  const kind = param(call, 'type') ?? param(call, 'status') ?? param(call, 'sync_type');
  const code = errorCode(call);
  const answer = code === undefined ? String(call.status) : `${call.status} with code ${code}`;
  const edge = call.edge === '' ? call.path : call.edge;
  return `${call.method} ${edge}${to === undefined ? '' : ` to ${to}`}${kind === undefined ? '' : ` (${kind})`}, answered ${answer}`;
}

/** Most calls named one by one. */
const maxNamed = 5;

/** All calls of a view, in one sentence. */
export function describeCalls(exchanges: readonly Exchange[]): string {
  const calls = exchanges.filter(isSutCall);
  if (calls.length === 0) return 'no Graph call was made';
  const named = calls.slice(-maxNamed).map(describeCall).join('; ');
  const more = calls.length > maxNamed ? `${calls.length} calls, the last: ` : '';
  return `only other Graph calls were made: ${more}${named}`;
}

/** `author: phone, text: “Oi”` */
export const describeShown = (message: ShownMessage): string =>
  Object.entries(message)
    .map(([key, value]) => `${key}: ${typeof value === 'string' ? `“${value}”` : String(value)}`)
    .join(', ');

/** The newest webhook of a view: what the system under test was reacting to. */
export const lastWebhook = (exchanges: readonly Exchange[]): WebhookExchange | undefined =>
  exchanges.filter((exchange) => exchange.kind === 'webhook').at(-1);

/** Whether webhooks went out and none of them reached anybody. */
export function nobodyThere(exchanges: readonly Exchange[]): boolean {
  const webhooks = exchanges.filter((exchange) => exchange.kind === 'webhook');
  return webhooks.length > 0 && webhooks.every(({ result }) => result.kind === 'unreachable');
}
