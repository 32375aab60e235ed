/** Units of time. Every instant in the core is virtual: milliseconds since the Unix epoch, never the wall clock. */

declare const epoch: unique symbol;

/** Virtual instant, milliseconds since the Unix epoch. */
export type EpochMs = number & { readonly [epoch]: true };

export const epochMs = (value: number): EpochMs => value as EpochMs;

/** `instant` moved by `durationMs`, which may be negative. */
export const plusMs = (instant: EpochMs, durationMs: number): EpochMs => (instant + durationMs) as EpochMs;

/** WhatsApp's `timestamp`: whole Unix seconds. */
export const toSeconds = (instant: EpochMs): number => Math.floor(instant / 1000);

/** WhatsApp's `timestamp` as message webhooks print it: a string of whole Unix seconds. */
export const toTimestamp = (instant: EpochMs): string => String(toSeconds(instant));

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
