/** Seeded chance. The same seed and stream give the same values, on every machine. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A stream of chance; each call moves it on. */
export interface Random {
  /** A whole number between both bounds, each included. */
  integer(min: number, max: number): number;
  /** One of a list that is not empty. */
  pick<T>(items: readonly [T, ...T[]]): T;
  /** `length` characters of `alphabet`. */
  text(length: number, alphabet: string): string;
}

/** 32-bit FNV-1a of a text: turns names into seeds. */
export function hashSeed(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * A stream of chance of its own for `seed` and `stream`.
 *
 * @param seed - 32-bit whole number, for example from {@link hashSeed}
 * @param stream - which of the seed's streams; a decision uses the world's sequence, so that each has its own
 */
export function createRandom(seed: number, stream = 0): Random {
  // The odd multiplier spreads neighbouring streams over all 32 bits (golden ratio, Knuth).
  const generator = xoroshiro128plus((seed ^ Math.imul(stream + 1, 0x9e3779b1)) | 0);
  const integer = (min: number, max: number): number => uniformInt(generator, min, max);
  return {
    integer,
    pick: <T>(items: readonly [T, ...T[]]): T => items[integer(0, items.length - 1)] ?? items[0],
    text: (length, alphabet) => {
      let text = '';
      for (let index = 0; index < length; index += 1)
        text += alphabet.charAt(integer(0, alphabet.length - 1));
      return text;
    },
  };
}
