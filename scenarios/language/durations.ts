/** Durations as scenarios write them: a number and its unit, `500ms`, `10s`, `30m`, `2h`, `14d`. */

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Longest duration a scenario may name: beyond it nothing on WhatsApp happens by itself. */
const longestMs = 366 * 86_400_000;

export type DurationReading =
  | { readonly kind: 'read'; readonly durationMs: number }
  | { readonly kind: 'no-unit'; readonly number: string }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'not-a-duration' };

/** Reads one duration; parts such as `1h30m` are not known, `90m` says it. */
export function readDuration(text: string): DurationReading {
  const [, number = '', unit = ''] = /^(\d{1,12}(?:\.\d{1,3})?)\s?([a-z]*)$/.exec(text) ?? [];
  if (number === '') return { kind: 'not-a-duration' };
  if (unit === '') return { kind: 'no-unit', number };
  const factor = unitMs[unit];
  if (factor === undefined) return { kind: 'not-a-duration' };
  const durationMs = Math.round(Number(number) * factor);
  return durationMs > longestMs ? { kind: 'too-long' } : { kind: 'read', durationMs };
}

/** A duration as milliseconds; `undefined` where the text is none. */
export function parseDuration(text: string): number | undefined {
  const read = readDuration(text);
  return read.kind === 'read' ? read.durationMs : undefined;
}
