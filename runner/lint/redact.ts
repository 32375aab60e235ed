/**
 * Makes of captured data what can be shown in public: its form is kept, its content is not. Pure.
 *
 * Letters become a, which hexadecimal ids have as well, digits become 1, and lengths stay as they are up to a bound, so that
 * what was wrong is still wrong.
 */
import type { WireWords } from '../../contracts/words.ts';
import { isWord, type Difference } from './differences.ts';

/** Longest text kept; a form shows in less. */
const longestText = 120;
/** Whole numbers below it are counts, phases, percentages, codes of errors; above it they are times and ids. */
const largestNumber = 1_000_000;

/**
 * @param words - what is part of the protocol and stays
 * @param differences - the words they quote stay too
 */
export function redact(data: unknown, words: WireWords, differences: readonly Difference[]): unknown {
  const shown = new Set(differences.map(({ word }) => word));
  return redactValue(data, { values: words.values, shown });
}

interface Kept {
  readonly values: ReadonlySet<string>;
  readonly shown: ReadonlySet<unknown>;
}

function redactValue(value: unknown, kept: Kept): unknown {
  if (Array.isArray(value)) return value.map((one) => redactValue(one, kept));
  if (typeof value === 'string')
    return kept.values.has(value) || kept.shown.has(value) ? value : maskText(value);
  if (typeof value === 'number') return maskNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      isWord(key.replaceAll(/\d{1,2}/g, '')) ? key : maskText(key),
      redactValue(inner, kept),
    ]),
  );
}

/** What an id or an address begins with says what it is. */
const prefixes = /^(?:wamid\.|wacid\.|https?:\/\/|[A-Z]{2}\.(?=\d))/;

function maskText(text: string): string {
  const prefix = prefixes.exec(text)?.[0] ?? '';
  const rest = text.slice(prefix.length, longestText);
  return (
    prefix +
    rest
      .replace(/\p{Lu}/gu, 'A')
      .replace(/[\p{L}\p{M}]/gu, lower)
      .replace(/\p{N}/gu, '1')
  );
}

const lower = (letter: string): string => (letter === 'A' ? 'A' : 'a');

function maskNumber(value: number): number {
  if (Math.abs(value) < largestNumber && Number.isInteger(value)) return value;
  const masked = Number(String(Math.abs(value)).replace(/\d/g, '1'));
  return Math.sign(value) * masked;
}
