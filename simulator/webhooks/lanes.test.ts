import { expect, it } from 'vitest';
import { createLanes } from './lanes.ts';

const takeAll = (lanes: { take(): string | undefined }): readonly string[] => {
  const taken: string[] = [];
  for (let item = lanes.take(); item !== undefined; item = lanes.take()) taken.push(item);
  return taken;
};

it('starts as many of a lane as it may run, in order', () => {
  const lanes = createLanes<string>(2, 10);
  for (const item of ['a1', 'a2', 'a3', 'a4']) lanes.add('a', item);
  expect(takeAll(lanes)).toEqual(['a1', 'a2']);
  lanes.done('a');
  expect(takeAll(lanes)).toEqual(['a3']);
});

it('takes turns, and a full lane holds up no other', () => {
  const lanes = createLanes<string>(2, 10);
  for (const item of ['a1', 'a2', 'a3']) lanes.add('a', item);
  for (const item of ['b1', 'b2']) lanes.add('b', item);
  expect(takeAll(lanes)).toEqual(['a1', 'b1', 'a2', 'b2']);
});

it('never runs more in all than it may', () => {
  const lanes = createLanes<string>(2, 3);
  for (const lane of ['a', 'b', 'c']) for (const n of [1, 2]) lanes.add(lane, `${lane}${n}`);
  expect(takeAll(lanes)).toEqual(['a1', 'b1', 'c1']);
  expect(lanes.running).toBe(3);
  lanes.done('b');
  expect(takeAll(lanes)).toEqual(['a2']);
});

it('keeps the order of a long queue', () => {
  const lanes = createLanes<number>(1, 1);
  for (let item = 0; item < 5_000; item += 1) lanes.add('a', item);
  for (let item = 0; item < 5_000; item += 1) {
    expect(lanes.take()).toBe(item);
    lanes.done('a');
  }
  expect(lanes.take()).toBeUndefined();
});
