/**
 * Which exchanges an expectation looks at.
 *
 * A negative one looks from the last acting step on. A positive one looks from the first of the acting steps that came
 * in a row before it, so that an answer to the first of two messages is not lost because the second was quicker.
 * A call that an earlier `expect.call` counted is not counted again.
 */
import type { Exchange, Journal } from '../../simulator/index.ts';

/** The part of a journal that observing takes. */
export type Watched = Pick<Journal, 'since' | 'newest' | 'subscribe'>;

export interface View {
  /** An acting step begins now. */
  act(): void;
  /** An expectation begins now. */
  look(): void;
  /** Exchanges since the last acting step began, without those consumed. */
  sinceAct(): readonly Exchange[];
  /** Exchanges since the last row of acting steps began, without those consumed. */
  sinceRow(): readonly Exchange[];
  consume(exchanges: readonly Exchange[]): void;
}

/** @param strays - calls that name nothing of any scenario; given where one may have to answer for them */
export function createView(journal: Watched, strays?: Watched): View {
  const consumed = new Set<number>();
  let rowStart = 0;
  let actStart = 0;
  let inRow = false;
  let strayStart = strays?.newest ?? 0;
  const since = (start: number): readonly Exchange[] =>
    journal.since(start).filter(({ number }) => !consumed.has(number));
  return {
    act() {
      actStart = journal.newest;
      strayStart = strays?.newest ?? 0;
      if (!inRow) rowStart = actStart;
      inRow = true;
    },
    look() {
      inRow = false;
    },
    sinceAct: () => [...since(actStart), ...(strays?.since(strayStart) ?? [])],
    sinceRow: () => since(rowStart),
    consume(exchanges) {
      for (const { number } of exchanges) consumed.add(number);
    },
  };
}
