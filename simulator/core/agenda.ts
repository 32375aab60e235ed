/** What is due and when: a queue by `(dueAtMs, sequence)`, so that what was scheduled first leaves first. */
import TinyQueue from 'tinyqueue';
import type { Command } from './decision.ts';
import type { EpochMs } from './time.ts';

export interface DueItem {
  readonly dueAtMs: EpochMs;
  /** Sequence of the event that scheduled it; breaks ties. */
  readonly sequence: number;
  readonly command: Command;
}

export interface Agenda {
  add(item: DueItem): void;
  peek(): DueItem | undefined;
  take(): DueItem | undefined;
  readonly length: number;
}

export function createAgenda(): Agenda {
  const queue = new TinyQueue<DueItem>([], (a, b) => a.dueAtMs - b.dueAtMs || a.sequence - b.sequence);
  return {
    add: (item) => queue.push(item),
    peek: () => queue.peek(),
    take: () => queue.pop(),
    get length() {
      return queue.length;
    },
  };
}
