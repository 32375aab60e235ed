/** Values of flags: texts into what they mean, or a message that says what they must be. */
import { InvalidArgumentError } from 'commander';
import { readShard, type Shard } from '../../plan/select.ts';

/** An option that may be given more than once. */
export const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
export const positive = wholeNumber(1, 1_000);
export const few = wholeNumber(0, 10);
export const port = wholeNumber(0, 65_535);

/** `1/4` */
export function shard(text: string): Shard {
  const read = readShard(text);
  if (read) return read;
  throw new InvalidArgumentError('It must be a part such as 1/4.');
}

/** In whole seconds, milliseconds since the Unix epoch. */
export function instant(text: string): number {
  const ms = Date.parse(text);
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(ms)) return Math.floor(ms / 1_000) * 1_000;
  throw new InvalidArgumentError('It must be an instant such as 2026-06-01T09:00:00Z.');
}
