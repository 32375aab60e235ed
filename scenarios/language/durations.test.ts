import { describe, expect, it } from 'vitest';
import { parseDuration, readDuration } from './durations.ts';

describe('readDuration', () => {
  it.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['1.5s', 1_500],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
    ['14d', 1_209_600_000],
    ['14 d', 1_209_600_000],
    ['0s', 0],
  ])('reads %s', (text, durationMs) => {
    expect(readDuration(text)).toEqual({ kind: 'read', durationMs });
    expect(parseDuration(text)).toBe(durationMs);
  });

  it.each([
    ['10', 'no-unit'],
    ['10 weeks', 'not-a-duration'],
    ['-10s', 'not-a-duration'],
    ['1h30m', 'not-a-duration'],
    ['soon', 'not-a-duration'],
    ['', 'not-a-duration'],
    ['400d', 'too-long'],
  ])('does not read “%s”', (text, kind) => {
    expect(readDuration(text).kind).toBe(kind);
    expect(parseDuration(text)).toBeUndefined();
  });
});
