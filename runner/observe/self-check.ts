/**
 * Holds our own simulator to the contracts while it runs: every webhook it sends, every answer it gives.
 *
 * What differs is a bug of coex, never of the system under test, and makes the run end with 70.
 */
import {
  envelopeValidator,
  errorValidator,
  graphContracts,
  responseValidator,
  webhookFields,
  webhookValidator,
  type ContractFinding,
  type GraphMethod,
} from '../../contracts/catalogue.ts';
import type { Exchange, GraphExchange, WebhookExchange } from '../../simulator/index.ts';
import type { OwnFault } from '../judge/facts.ts';

/** Most faults kept of one scenario; the first of a kind says it all. */
export const maxOwnFaults = 20;

/** @returns nothing where the exchange keeps its contract, or has none */
export function checkExchange(exchange: Exchange): readonly OwnFault[] {
  return exchange.kind === 'graph' ? checkAnswer(exchange) : checkWebhook(exchange);
}

let contracts: ReadonlySet<string> | undefined;

function checkAnswer(exchange: GraphExchange): readonly OwnFault[] {
  const { edge, answer, status, method } = exchange;
  contracts ??= new Set(graphContracts());
  // Downloads are bytes, and an unknown path has no contract; refusals have the same one everywhere.
  if (typeof answer !== 'object' || answer === null) return [];
  const refused = status >= 400;
  if (!refused && !contracts.has(edge)) return [];
  const validate = refused ? errorValidator() : responseValidator(edge, method as GraphMethod);
  const what = refused ? 'refusal' : 'answer';
  return toFaults(`${what} of ${method} ${edge}`, validate(answer), exchange);
}

function checkWebhook(exchange: WebhookExchange): readonly OwnFault[] {
  const body = parse(exchange.body);
  const what = `webhook ${exchange.field}`;
  const envelope = toFaults(what, envelopeValidator()(body), exchange);
  return envelope.length > 0 ? envelope : changesOf(body).flatMap((change) => checkChange(change, exchange));
}

/** A field that the scenario made up has no contract; that none of ours lacks one is tested with the contracts. */
const checkChange = ({ field, value }: Change, exchange: WebhookExchange): readonly OwnFault[] =>
  webhookFields().includes(field)
    ? toFaults(`webhook ${field}`, webhookValidator(field)(value), exchange)
    : [];

interface Change {
  readonly field: string;
  readonly value: unknown;
}

/** Only what the envelope's contract has accepted comes here. */
const changesOf = (body: unknown): readonly Change[] =>
  (body as { readonly entry: readonly { readonly changes: readonly Change[] }[] }).entry.flatMap(
    ({ changes }) => changes,
  );

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** Most findings told of one exchange. */
const maxFindings = 3;

function toFaults(
  what: string,
  findings: readonly ContractFinding[],
  exchange: Exchange,
): readonly OwnFault[] {
  if (findings.length === 0) return [];
  const told = findings.slice(0, maxFindings).map(({ pointer, message }) => `${pointer || '/'} ${message}`);
  return [{ what, message: told.join('; '), exchange }];
}
