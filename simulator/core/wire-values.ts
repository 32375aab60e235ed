/** Reading of parameters: what a JSON value is, or `undefined` where it is something else. Never throws. */
import type { JsonObject, JsonValue } from './json.ts';

type Value = JsonValue | undefined;

/** Texts, and numbers as their digits: forms and JSON bodies write ids and codes in both ways. */
export const textOf = (value: Value): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

/** Forms and queries have truth as a word. */
export function truthOf(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === '1' || value === 1) return true;
  return value === 'false' || value === '0' || value === 0 ? false : undefined;
}

export const isObject = (value: Value): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const objectOf = (value: Value): JsonObject | undefined => (isObject(value) ? value : undefined);

export const listOf = (value: Value): readonly JsonValue[] | undefined =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : undefined;

/** The objects of a list; empty where there is no list. */
export const objectsIn = (value: Value): readonly JsonObject[] => (listOf(value) ?? []).filter(isObject);

/** The texts of a list, or the one text. Meta's own example sends a list as text: `"[\"https://…\"]"`. */
export function textsOf(value: Value): readonly string[] | undefined {
  const list = listOf(value);
  if (list) return list.map(textOf).filter((text) => text !== undefined);
  const text = textOf(value);
  if (text === undefined) return undefined;
  if (!text.trimStart().startsWith('[')) return [text];
  try {
    return textsOf(JSON.parse(text) as JsonValue);
  } catch {
    return [text];
  }
}
