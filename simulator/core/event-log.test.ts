import { expect, it } from 'vitest';
import { createEventLog } from './event-log.ts';
import { epochMs } from './time.ts';

const record = (sequence: number) => ({ sequence, atMs: epochMs(sequence), event: { type: 'x' } });

it('keeps the newest records alone, and still knows how many there were', () => {
  const log = createEventLog(10);
  for (let sequence = 1; sequence <= 105; sequence += 1) log.append(record(sequence));
  expect(log.length).toBe(105);
  expect(log.recent().map(({ sequence }) => sequence)).toEqual([
    96, 97, 98, 99, 100, 101, 102, 103, 104, 105,
  ]);
});

it('tells whoever subscribed, until told to stop', () => {
  const log = createEventLog();
  const seen: number[] = [];
  const stop = log.subscribe(({ sequence }) => seen.push(sequence));
  log.append(record(1));
  stop();
  log.append(record(2));
  expect(seen).toEqual([1]);
});
