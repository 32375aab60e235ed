import { expect, it } from 'vitest';
import { createAgenda, type DueItem } from './agenda.ts';
import { createRandom } from './random.ts';
import { epochMs } from './time.ts';

const item = (dueAtMs: number, sequence: number): DueItem => ({
  dueAtMs: epochMs(dueAtMs),
  sequence,
  command: { type: 'x' },
});

const drain = (agenda: ReturnType<typeof createAgenda>): DueItem[] => {
  const items: DueItem[] = [];
  for (let next = agenda.take(); next; next = agenda.take()) items.push(next);
  return items;
};

const inOrder = (items: readonly DueItem[]): DueItem[] =>
  [...items].sort((a, b) => a.dueAtMs - b.dueAtMs || a.sequence - b.sequence);

it('gives what is due first, and of what is due at once what was scheduled first', () => {
  const agenda = createAgenda();
  const items = [item(5, 1), item(3, 2), item(5, 3), item(1, 4), item(3, 5)];
  for (const one of items) agenda.add(one);
  expect([agenda.length, agenda.peek()]).toEqual([5, items[3]]);
  expect(drain(agenda)).toEqual(inOrder(items));
  expect([agenda.length, agenda.peek(), agenda.take()]).toEqual([0, undefined, undefined]);
});

it.each([1, 2, 3, 4, 5])('keeps that order however items come and go (seed %i)', (seed) => {
  const random = createRandom(seed);
  const agenda = createAgenda();
  let waiting: DueItem[] = [];
  let nowMs = 0;
  for (let sequence = 1; sequence <= 20_000; sequence += 1) {
    // Mostly fixed delays, as features schedule; some at random, so that the heap has work too.
    const delayMs =
      random.integer(0, 9) < 8 ? random.pick([300, 2_000, 2_000, 86_400_000]) : random.integer(0, 1e6);
    const added = item(nowMs + delayMs, sequence);
    agenda.add(added);
    waiting.push(added);
    nowMs += random.integer(0, 3);
    if (random.integer(0, 999) > 0) continue;
    const expected = inOrder(waiting).slice(0, 50);
    expect(Array.from({ length: expected.length }, () => agenda.take())).toEqual(expected);
    const gone = new Set(expected);
    waiting = waiting.filter((one) => !gone.has(one));
    expect(agenda.length).toBe(waiting.length);
  }
  expect(drain(agenda)).toEqual(inOrder(waiting));
});
