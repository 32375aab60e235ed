import { expect, test } from 'vitest';
import { createNewest } from './newest.ts';

test('holds the newest, and never more than twice as many as asked for', () => {
  const newest = createNewest<number, string>(10);
  for (let key = 1; key <= 1_000; key += 1) {
    newest.set(key, `value ${String(key)}`);
    expect(newest.size).toBeLessThan(20);
  }
  expect(newest.get(991)).toBe('value 991');
  expect(newest.get(980)).toBeUndefined();
});

test('tells what it forgets, once', () => {
  const newest = createNewest<number, string>(3);
  const forgotten = [1, 2, 3, 4, 5, 6, 7].flatMap((key) => [...newest.set(key, 'value').keys()]);
  expect(forgotten).toEqual([1, 2, 3]);
});

test('what is deleted is gone, whichever generation it is in', () => {
  const newest = createNewest<number, string>(2);
  newest.set(1, 'older');
  newest.set(2, 'older');
  newest.set(3, 'newer');
  newest.delete(1);
  newest.delete(3);
  expect([newest.get(1), newest.get(2), newest.get(3)]).toEqual([undefined, 'older', undefined]);
});
