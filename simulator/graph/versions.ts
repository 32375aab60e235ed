/** Graph API versions: which are asked for, which are served. */
import type { EpochMs } from '../core/time.ts';

interface Version {
  readonly major: number;
  /** First instant at which it is served no more; missing: not announced. */
  readonly endsAtMs?: number;
}

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

/**
 * From the oldest that anybody still has in a path to the newest, v26.0 of 29 July 2026.
 *
 * @see Meta's changelog as providers repeat it (documented for v18 to v21 and v23 to v25; v17 and v22 assumed)
 */
const versions: readonly Version[] = [
  { major: 17, endsAtMs: day('2025-09-12') },
  { major: 18, endsAtMs: day('2026-01-26') },
  { major: 19, endsAtMs: day('2026-05-21') },
  { major: 20, endsAtMs: day('2026-09-24') },
  { major: 21, endsAtMs: day('2027-01-21') },
  { major: 22, endsAtMs: day('2027-05-29') },
  { major: 23, endsAtMs: day('2027-10-08') },
  { major: 24, endsAtMs: day('2028-02-18') },
  { major: 25, endsAtMs: day('2028-07-29') },
  { major: 26 },
];

/** The newest there is; answers to what is no request of any version say so. */
export const newest = 26;

const pattern = /^v(\d{1,3})\.(\d)$/;

/** True for what a path can begin with: `v23.0`. Says nothing about whether there is such a version. */
export const looksLikeVersion = (segment: string): boolean => pattern.test(segment);

/**
 * The major version that was asked for.
 *
 * @param asked - as in the path: `v23.0`
 * @returns `undefined` for a version that never was, such as `v99.0`
 */
export function askedMajor(asked: string): number | undefined {
  const match = pattern.exec(asked);
  const major = Number(match?.[1]);
  return match?.[2] === '0' && versions.some((version) => version.major === major) ? major : undefined;
}

/** The oldest major version that is usable; versions newer than the clock are usable too, for clients are real. */
export const oldestUsable = (nowMs: EpochMs): number =>
  versions.find(({ endsAtMs = Infinity }) => endsAtMs > nowMs)?.major ?? newest;

/**
 * The major version that answers: an expired one is served by the oldest usable one, without a word (observed).
 *
 * @param asked - missing: the path has none, and the oldest usable one is the default of an app that never chose
 */
export const servedMajor = (asked: number | undefined, nowMs: EpochMs): number =>
  Math.max(asked ?? 0, oldestUsable(nowMs));
