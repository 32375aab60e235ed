/** The worker: takes deliveries from the queue one by one, appends what they say, and decides what has to be answered. */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Fact } from './facts.ts';
import type { Log } from './log.ts';
import type { Letter } from './outbox.ts';
import { readWebhook } from './read-webhook.ts';

/** After so many facts whoever else waits has a turn. */
const stretch = 500;

/** @returns a function that queues a delivery and returns at once */
export function createWorker(log: Log, post: (letter: Letter) => void): (body: unknown) => void {
  const queue: unknown[] = [];
  const answered = new Set<string>();
  let isRunning = false;

  const take = (fact: Fact): void => {
    log.append(fact);
    if (fact.fact !== 'said' || fact.past || fact.by !== 'customer' || fact.blank) return;
    const key = `${fact.line}/${fact.id}`;
    if (answered.has(key)) return;
    answered.add(key);
    post({ line: fact.line, party: fact.party, askedAtMs: fact.atMs });
  };

  const run = async (): Promise<void> => {
    isRunning = true;
    for (let body = queue.shift(); body !== undefined; body = queue.shift()) {
      let count = 0;
      for (const fact of readWebhook(body)) {
        take(fact);
        count += 1;
        if (count % stretch === 0) await breathe();
      }
    }
    isRunning = false;
  };

  return (body) => {
    queue.push(body);
    if (!isRunning) void run();
  };
}
