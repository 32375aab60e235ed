/** `expect.acknowledged` and `expect.refused`: how the system under test answered webhooks. */
import type { WebhookExchange } from '../../simulator/index.ts';
import type { Sight } from '../judge/facts.ts';
import { showDuration } from '../plan/duration.ts';
import type { Scene } from './scene.ts';
import { waitFor } from './wait.ts';

interface WebhookExpectation {
  readonly field: string;
  readonly withinMs: number;
  /** Longest that any answer may have taken, real time. */
  readonly answeredInMs?: number;
}

/** Kept when every genuine webhook of the field since the acting steps began was answered 200-something, and there was one. */
export async function expectAcknowledged(scene: Scene, step: WebhookExpectation): Promise<Sight> {
  const expected = `webhooks of ${step.field} to be answered with a 200-class status`;
  const genuine = (): readonly WebhookExchange[] =>
    ofField(scene.view.sinceRow(), step.field).filter((one) => one.genuine);
  const decided = await waitFor<Sight>(scene.world, {
    withinMs: step.withinMs,
    signal: scene.signal,
    look: () => {
      const failed = genuine().find((webhook) => !isAccepted(webhook));
      if (failed) return failure(expected, failed);
      const slow = genuine().find(({ latencyMs }) => latencyMs > (step.answeredInMs ?? Infinity));
      if (slow) return tooSlow(slow, step.answeredInMs ?? 0);
      return genuine().length > 0 ? { kind: 'kept' } : undefined;
    },
  });
  return decided ?? noneLeft(expected, step);
}

/** Kept when the system answered, and with anything but a 200-class status. Looks at forged webhooks where there are any. */
export async function expectRefused(scene: Scene, step: WebhookExpectation): Promise<Sight> {
  const expected = `webhooks of ${step.field} to be refused, with anything but a 200-class status`;
  const decided = await waitFor<Sight>(scene.world, {
    withinMs: step.withinMs,
    signal: scene.signal,
    look: () => {
      const all = ofField(scene.view.sinceAct(), step.field);
      const forged = all.filter(({ genuine }) => !genuine);
      const [first] = forged.length > 0 ? forged : all;
      if (!first) return undefined;
      if (first.result.kind !== 'answered') return failure(expected, first, 'unreachable');
      return isAccepted(first) ? failure(expected, first) : { kind: 'kept' };
    },
  });
  return decided ?? noneLeft(expected, step);
}

const tooSlow = (webhook: WebhookExchange, limitMs: number): Sight => ({
  kind: 'broken',
  expected: `webhooks of ${webhook.field} to be answered in ${showDuration(limitMs)}`,
  happened: `one was answered after ${(webhook.latencyMs / 1_000).toFixed(1)} s`,
  exchanges: [webhook],
});

const ofField = (exchanges: ReturnType<Scene['view']['sinceAct']>, field: string) =>
  exchanges.filter((exchange) => exchange.kind === 'webhook').filter((webhook) => webhook.field === field);

const isAccepted = ({ result }: WebhookExchange): boolean =>
  result.kind === 'answered' && result.status >= 200 && result.status < 300;

function failure(expected: string, webhook: WebhookExchange, kind?: 'unreachable'): Sight {
  const { result } = webhook;
  const exchanges = [webhook];
  switch (result.kind) {
    case 'answered':
      return { kind: 'broken', expected, happened: `one was answered ${result.status}`, exchanges };
    case 'timed-out': {
      const happened = `one was not answered within ${showDuration(result.afterMs)}`;
      return { kind: kind ?? 'broken', expected, happened, exchanges };
    }
    case 'unreachable':
      return {
        kind: 'unreachable',
        expected,
        happened: `the system under test could not be reached: ${result.reason}`,
        exchanges,
      };
  }
}

/** No webhook of the field left the platform: what the step waits for was never asked of the system. */
const noneLeft = (expected: string, { field, withinMs }: WebhookExpectation): Sight => ({
  kind: 'unclear',
  expected,
  happened: `no webhook of ${field} left within ${showDuration(withinMs)}; is the app subscribed to the account?`,
  exchanges: [],
});
