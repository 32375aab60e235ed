/** Graph API versions: which are asked for, which are served. Dates from Meta's changelog (documented). */

/** Oldest version still usable; expired ones are served silently with it (observed). */
export const oldestServed = 21;
/** Newest version there is: v26.0, 29 July 2026. */
export const newest = 26;
const oldestKnown = 17;

const pattern = /^v(\d{1,3})\.(\d)$/;

/** True for what a path can begin with: `v23.0`. Says nothing about whether there is such a version. */
export const looksLikeVersion = (segment: string): boolean => pattern.test(segment);

/**
 * The version that answers.
 *
 * @param asked - as in the path; missing: the oldest usable one, the default of an app that never chose
 * @returns `undefined` for a version that never was, such as `v99.0`
 */
export function servedVersion(asked: string | undefined): string | undefined {
  if (asked === undefined) return `v${oldestServed}.0`;
  const match = pattern.exec(asked);
  const major = Number(match?.[1]);
  if (match?.[2] !== '0' || major < oldestKnown || major > newest) return undefined;
  return major < oldestServed ? `v${oldestServed}.0` : asked;
}

/** @returns 23 for `v23.0` */
export const majorOf = (version: string): number => Number.parseInt(version.slice(1), 10);
