/**
 * What is due and when: by `(dueAtMs, sequence)`, so that what was scheduled first leaves first.
 *
 * Almost everything is scheduled some fixed time ahead (a status 2 s, a retry 1 s), and so comes in order among its
 * like. Such runs stand in plain queues; looking at the heads of a handful of queues is cheaper than keeping tens of
 * thousands of items in a heap. What fits no queue goes into a heap all the same.
 */
import TinyQueue from 'tinyqueue';
import type { Command } from './decision.ts';
import type { EpochMs } from './time.ts';

export interface DueItem {
  readonly dueAtMs: EpochMs;
  /** Sequence of the event that scheduled it; breaks ties. Never smaller than that of an item added before. */
  readonly sequence: number;
  readonly command: Command;
}

export interface Agenda {
  add(item: DueItem): void;
  peek(): DueItem | undefined;
  take(): DueItem | undefined;
  /** The first `most` items, the soonest first; for people to look at. */
  next(most: number): readonly DueItem[];
  readonly length: number;
}

/** Most queues beside the heap; looking at more heads than this would cost more than the heap. */
const mostRuns = 8;

/** Items in order; those before `head` are gone. */
interface Run {
  items: DueItem[];
  head: number;
}

const isEarlier = (a: DueItem, b: DueItem): boolean =>
  a.dueAtMs < b.dueAtMs || (a.dueAtMs === b.dueAtMs && a.sequence < b.sequence);

export function createAgenda(): Agenda {
  const runs: Run[] = [];
  const heap = new TinyQueue<DueItem>([], (a, b) => a.dueAtMs - b.dueAtMs || a.sequence - b.sequence);
  let length = 0;

  /** The run that ends latest among those the item may follow: the closest fit keeps the runs apart. */
  const runFor = (item: DueItem): Run | undefined => {
    let best: Run | undefined;
    let bestEnd = -Infinity;
    for (const run of runs) {
      const end = run.items.at(-1)?.dueAtMs ?? -Infinity;
      if (end <= item.dueAtMs && (!best || end > bestEnd)) {
        best = run;
        bestEnd = end;
      }
    }
    return best;
  };

  /** The run whose head is due next, unless the heap's is due before it. */
  const nextRun = (): Run | undefined => {
    let next: Run | undefined;
    let first = heap.peek();
    for (const run of runs) {
      const head = run.items[run.head];
      if (head && (!first || isEarlier(head, first))) {
        first = head;
        next = run;
      }
    }
    return next;
  };

  const shift = (run: Run): DueItem | undefined => {
    const item = run.items[run.head];
    run.head += 1;
    // Cutting only when half is free keeps the cost of forgetting at one move per item.
    if (run.head === run.items.length) runs.splice(runs.indexOf(run), 1);
    else if (run.head > 1_000 && run.head * 2 > run.items.length) {
      run.items = run.items.slice(run.head);
      run.head = 0;
    }
    return item;
  };

  return {
    add(item) {
      length += 1;
      const run = runFor(item);
      if (run) run.items.push(item);
      else if (runs.length < mostRuns) runs.push({ items: [item], head: 0 });
      else heap.push(item);
    },
    peek() {
      const run = nextRun();
      return run ? run.items[run.head] : heap.peek();
    },
    take() {
      if (length > 0) length -= 1;
      const run = nextRun();
      return run ? shift(run) : heap.pop();
    },
    next: (most) =>
      [...runs.flatMap(({ items, head }) => items.slice(head, head + most)), ...heap.data]
        .sort((a, b) => (isEarlier(a, b) ? -1 : 1))
        .slice(0, most),
    get length() {
      return length;
    },
  };
}
