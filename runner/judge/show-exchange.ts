/** Exchanges as a report shows them: one title, what was sent, what came back; cut at 2 kB each. */
import type { Exchange, WebhookExchange } from '../../simulator/index.ts';
import type { ShownExchange } from './verdict.ts';

/** Longest body shown, characters. */
const maxShown = 2_048;

export function showExchange(exchange: Exchange): ShownExchange {
  return exchange.kind === 'graph'
    ? {
        title: `${exchange.method} ${exchange.path}`,
        sent: cut(JSON.stringify(exchange.params)),
        answered: cut(`${exchange.status} ${JSON.stringify(exchange.answer)}`),
      }
    : {
        title: `webhook ${exchange.field} → POST ${exchange.url}${exchange.attempt > 1 ? ` (attempt ${exchange.attempt})` : ''}`,
        sent: cut(exchange.body),
        answered: cut(showResult(exchange.result)),
      };
}

/** How a delivery attempt ended, for people. */
export function showResult(result: WebhookExchange['result']): string {
  switch (result.kind) {
    case 'answered':
      return `${result.status}${result.body === '' ? '' : ` ${result.body}`}`;
    case 'timed-out':
      return `no answer within ${result.afterMs / 1_000} s`;
    case 'unreachable':
      return `not reachable: ${result.reason}`;
  }
}

const cut = (text: string): string =>
  text.length <= maxShown ? text : `${text.slice(0, maxShown)}… (${text.length - maxShown} more characters)`;
