import { expect, it } from 'vitest';
import { epochMs } from './time.ts';
import { createJournal, type Journal } from './journal.ts';

const deliver = (journal: Journal, body = 'x'): void =>
  journal.record({
    kind: 'webhook',
    atMs: epochMs(0),
    wallMs: 0,
    url: 'http://127.0.0.1/',
    field: 'messages',
    deliveryId: 1,
    attempt: 1,
    headers: {},
    body,
    genuine: true,
    result: { kind: 'answered', status: 200, body: '' },
    latencyMs: 1,
  });

it('gives what came after a number, oldest first', () => {
  const journal = createJournal();
  for (let count = 0; count < 5; count += 1) deliver(journal);
  expect(journal.since(3).map(({ number }) => number)).toEqual([4, 5]);
  expect(journal.since(5)).toEqual([]);
});

it('lets the oldest go when there are too many', () => {
  const journal = createJournal({ exchanges: 3, bytes: 1e9 });
  for (let count = 0; count < 5_000; count += 1) deliver(journal);
  expect(journal.since(0).map(({ number }) => number)).toEqual([4_998, 4_999, 5_000]);
});

it('lets the oldest bodies go when they weigh too much, but no exchange, and never the newest body', () => {
  const journal = createJournal({ exchanges: 100, bytes: 5_000 });
  const bodies = (): number[] =>
    journal.since(0).map((exchange) => (exchange.kind === 'webhook' && exchange.bodyGone ? 0 : 1));
  for (let count = 0; count < 10; count += 1) deliver(journal, 'x'.repeat(2_000));
  expect(bodies()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
  deliver(journal, 'x'.repeat(100_000));
  expect(bodies()).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  for (let count = 0; count < 5_000; count += 1) deliver(journal, 'x'.repeat(2_000));
  expect(journal.since(0)).toHaveLength(100);
  expect(bodies().filter((kept) => kept === 1)).toHaveLength(2);
});
