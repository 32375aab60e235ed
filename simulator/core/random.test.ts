import { expect, it } from 'vitest';
import { createRandom, hashSeed } from './random.ts';

const draw = (seed: number, stream?: number): number[] => {
  const random = createRandom(seed, stream);
  return Array.from({ length: 20 }, () => random.integer(0, 1_000_000));
};

it('gives the same values for the same seed and stream', () => {
  expect(draw(hashSeed('a'), 3)).toEqual(draw(hashSeed('a'), 3));
});

it('gives other values for another seed, and for another stream of one seed', () => {
  expect(draw(hashSeed('a'))).not.toEqual(draw(hashSeed('b')));
  expect(draw(1, 0)).not.toEqual(draw(1, 1));
});

it('keeps to the bounds, each included', () => {
  const random = createRandom(1);
  const seen = new Set(Array.from({ length: 200 }, () => random.integer(1, 3)));
  expect([...seen].sort()).toEqual([1, 2, 3]);
});

it('hashes as published for FNV-1a, so that a seed means the same in every version', () => {
  expect([hashSeed(''), hashSeed('a'), hashSeed('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});
