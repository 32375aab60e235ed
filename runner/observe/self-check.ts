/**
 * Holds our own simulator to the contracts while it runs: every webhook it sends, every answer it gives.
 *
 * What differs is a bug of coex, never of the system under test, and makes the run end with 70.
 */
import { checkAnswer, checkWebhook, type CheckedPart, type Exchange } from '../../simulator/index.ts';
import type { OwnFault } from '../judge/facts.ts';

/** Most faults kept of one scenario; the first of a kind says it all. */
export const maxOwnFaults = 20;

/** Most findings told of one exchange. */
const maxFindings = 3;

/** @returns nothing where the exchange keeps its contract, or has none */
export function checkExchange(exchange: Exchange): readonly OwnFault[] {
  const parts = exchange.kind === 'graph' ? checkAnswer(exchange) : checkWebhook(exchange);
  return parts.flatMap((part) => toFaults(part, exchange));
}

function toFaults({ what, findings }: CheckedPart, exchange: Exchange): readonly OwnFault[] {
  if (findings.length === 0) return [];
  const told = findings.slice(0, maxFindings).map(({ pointer, message }) => `${pointer || '/'} ${message}`);
  return [{ what, message: told.join('; '), exchange }];
}
