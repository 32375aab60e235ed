/** Whether a Graph call is the one an expectation means. Pure. */
import type { CallMatch } from '../../scenarios/language/scenario.ts';
import type { Exchange, GraphExchange } from '../../simulator/index.ts';

/** A customer's two names on the wire. */
export interface Addressee {
  readonly waId: string;
  readonly userId: string;
}

/** Everything given must fit; calls the scenario made itself never do. */
export function fitsCall(exchange: Exchange, match: CallMatch, to?: Addressee): exchange is GraphExchange {
  return (
    isSutCall(exchange) &&
    exchange.edge === match.edge &&
    (match.body !== undefined || !isReceipt(exchange)) &&
    (match.method === undefined || exchange.method === match.method) &&
    (match.to === undefined || (to !== undefined && isAddressedTo(exchange, to))) &&
    (match.body === undefined || holds(exchange.params, match.body)) &&
    wasAnswered(exchange, match.answered)
  );
}

export const isSutCall = (exchange: Exchange): exchange is GraphExchange =>
  exchange.kind === 'graph' && !exchange.byScenario;

/** A read receipt or typing indicator shares the edge of messages and is none; it fits only where its body is asked for. */
export const isReceipt = (exchange: GraphExchange): boolean =>
  exchange.edge === 'messages' && param(exchange, 'status') !== undefined;

/** By phone number in whatever formatting, or by business-scoped user id. */
export function isAddressedTo(exchange: GraphExchange, { waId, userId }: Addressee): boolean {
  return [param(exchange, 'to'), param(exchange, 'recipient')].some(
    (given) => given !== undefined && (given === userId || given.replace(/\D/g, '') === waId),
  );
}

/** A parameter at the top, as text. */
export function param({ params }: GraphExchange, name: string): string | undefined {
  const value = isRecord(params) ? params[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function wasAnswered(exchange: GraphExchange, answered: CallMatch['answered']): boolean {
  return (
    (answered?.status === undefined || answered.status === exchange.status) &&
    (answered?.code === undefined || answered.code === errorCode(exchange))
  );
}

/** `error.code` of an answer that is a refusal. */
export function errorCode({ answer }: GraphExchange): number | undefined {
  const error = isRecord(answer) ? answer['error'] : undefined;
  const code = isRecord(error) ? error['code'] : undefined;
  return typeof code === 'number' ? code : undefined;
}

/**
 * Whether a value holds a wanted one: objects key by key, lists item by item.
 *
 * Parameters of a query are texts whatever they mean, so `1` and `"1"` are the same here.
 */
export function holds(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(value) &&
      value.length === wanted.length &&
      wanted.every((item, index) => holds(value[index], item))
    );
  if (isRecord(wanted))
    return isRecord(value) && Object.entries(wanted).every(([key, item]) => holds(value[key], item));
  return value === wanted || (isScalar(value) && isScalar(wanted) && String(value) === String(wanted));
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);
