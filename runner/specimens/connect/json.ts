/** Readers for JSON from outside: each answers with an empty value when the shape is not the expected one. */
export type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
export const items = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const object = (value: unknown): Json => (isObject(value) ? value : {});
export const objects = (value: unknown): Json[] => items(value).filter(isObject);

/** A string that is not empty; Graph writes some ids and codes as numbers. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
