import { expect, test } from 'vitest';
import type { Exchange, Journal } from '../../simulator/index.ts';
import { createView } from './view.ts';

/** As much of a journal as a view needs; exchanges are their numbers. */
function fakeJournal() {
  const exchanges: Exchange[] = [];
  const journal: Journal = {
    record: () => undefined,
    restore: () => undefined,
    since: (number) => exchanges.slice(number),
    get newest() {
      return exchanges.length;
    },
    subscribe: () => () => undefined,
  };
  const happen = (): void => {
    exchanges.push({ number: exchanges.length + 1 } as Exchange);
  };
  return { journal, happen };
}

const numbers = (exchanges: readonly Exchange[]): readonly number[] => exchanges.map(({ number }) => number);

test('a negative looks from the last acting step, a positive from the first of the row', () => {
  const { journal, happen } = fakeJournal();
  const view = createView(journal);
  happen();
  view.act();
  happen();
  view.act();
  happen();
  view.look();
  expect(numbers(view.sinceRow())).toEqual([2, 3]);
  expect(numbers(view.sinceAct())).toEqual([3]);
});

test('an expectation ends the row; the next acting step begins another', () => {
  const { journal, happen } = fakeJournal();
  const view = createView(journal);
  view.act();
  happen();
  view.look();
  view.act();
  happen();
  expect(numbers(view.sinceRow())).toEqual([2]);
});

test('what was counted is not counted again', () => {
  const { journal, happen } = fakeJournal();
  const view = createView(journal);
  view.act();
  happen();
  happen();
  view.look();
  view.consume(view.sinceRow().slice(0, 1));
  expect(numbers(view.sinceAct())).toEqual([2]);
});

test('calls that name nothing are seen from the last acting step on, where somebody has to answer for them', () => {
  const { journal } = fakeJournal();
  const strays = fakeJournal();
  const view = createView(journal, strays.journal);
  strays.happen();
  view.act();
  strays.happen();
  view.look();
  expect(numbers(view.sinceAct())).toEqual([2]);
  expect(numbers(createView(journal).sinceAct())).toEqual([]);
});
