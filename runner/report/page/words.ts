/** Verdicts as the page shows them: a sign and a word, never a colour alone. */
import type { Verdict } from '../../judge/verdict.ts';
import type { Actor } from '../../judge/transcript.ts';

export const signs: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  fail: '✗',
  inconclusive: '?',
  waived: '~',
  'not-observed': '–',
  'not-applicable': '·',
};

export { words } from '../words.ts';

/** Lanes of a transcript, from left to right. */
export const lanes = ['customer', 'phone', 'meta', 'sut'] as const;
export type Lane = (typeof lanes)[number];

export const laneNames: Readonly<Record<Lane, string>> = {
  customer: 'Customer',
  phone: 'Phone',
  meta: 'Meta',
  sut: 'System under test',
};

/** A client that is not the system stands in its lane: it calls the same Graph. */
export const laneOf = (actor: Actor): Lane =>
  actor === 'scenario' || actor === 'sut' ? 'sut' : actor === 'time' ? 'meta' : actor;

const dayMs = 86_400_000;

/** `+14 d 2 h`, `+3 s`: how long after the beginning. */
export function distance(ms: number): string {
  const parts = [
    [Math.floor(ms / dayMs), 'd'],
    [Math.floor((ms % dayMs) / 3_600_000), 'h'],
    [Math.floor((ms % 3_600_000) / 60_000), 'min'],
    [Math.floor((ms % 60_000) / 1_000), 's'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).slice(0, 2);
  return told.length === 0 ? '0' : `+${told.map(([count, unit]) => `${count} ${unit}`).join(' ')}`;
}

export const instant = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
