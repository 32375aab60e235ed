/** Maps with known keys: which there are, which must be there, and how each is read. */
import { isMap, isScalar, type YAMLMap } from 'yaml';
import { describe, placeOf, type Place, type Read, type Reading, type Value } from './read.ts';
import { suggest } from './suggest.ts';

export interface Required<T> {
  readonly need: 'required';
  readonly read: Read<T>;
}

export interface Optional<T> {
  readonly need: 'optional';
  readonly read: Read<T>;
}

export interface Defaulted<T> {
  readonly need: 'defaulted';
  readonly read: Read<T>;
  readonly fallback: T;
}

export const required = <T>(read: Read<T>): Required<T> => ({ need: 'required', read });
export const optional = <T>(read: Read<T>): Optional<T> => ({ need: 'optional', read });
export const defaulted = <T>(read: Read<T>, fallback: T): Defaulted<T> => ({
  need: 'defaulted',
  read,
  fallback,
});

type Field = Required<unknown> | Optional<unknown> | Defaulted<unknown>;

/** The keys of a map, in the order in which they are read. */
export type Shape = Readonly<Record<string, Field>>;

type ValueOf<F> = F extends { readonly read: Read<infer T> } ? T : never;
type OptionalKeys<S extends Shape> = {
  [Key in keyof S]: S[Key] extends Optional<unknown> ? Key : never;
}[keyof S];

/** What a shape gives; optional keys are missing where nothing was written. */
export type Values<S extends Shape> = {
  readonly [Key in Exclude<keyof S, OptionalKeys<S>>]: ValueOf<S[Key]>;
} & { readonly [Key in OptionalKeys<S>]?: ValueOf<S[Key]> };

/** A map that was read, with the places of its keys. */
export interface MapRead<S extends Shape> {
  readonly values: Values<S>;
  /** Where a key stands; the whole map for a key that is not there. */
  readonly placeOfKey: (key: keyof S) => Place;
}

interface LooseRead<S extends Shape> {
  readonly values: Partial<Values<S>>;
  readonly complete: boolean;
  readonly placeOfKey: (key: keyof S) => Place;
}

/** An entry of a map in the file. */
interface Entry {
  readonly key: Place;
  readonly value: Value;
}

/**
 * Reads a map, reporting unknown keys, missing keys and wrong values, all of them.
 *
 * @param what - names the map in messages: “customer.sends”, “a contact”
 * @param owner - where to point when a key is missing
 */
export function readMap<const S extends Shape>(
  shape: S,
  what: string,
  value: Value,
  owner: Place,
  reading: Reading,
): MapRead<S> | null {
  const map = readLoosely(shape, what, value, owner, reading);
  if (!map?.complete) return null;
  // Each value was read by the reader of its key, which is what `Values` says.
  return { values: map.values as Values<S>, placeOfKey: map.placeOfKey };
}

/** Like {@link readMap}, but gives what could be read even if some keys are missing or wrong; `complete` tells. */
export function readLoosely<const S extends Shape>(
  shape: S,
  what: string,
  value: Value,
  owner: Place,
  reading: Reading,
): LooseRead<S> | null {
  const entries = entriesOf(value, what, owner, reading);
  if (!entries) return null;
  const known = Object.keys(shape);
  for (const [key, { key: place, value: written }] of entries) {
    if (known.includes(key)) continue;
    // What follows a comma in braces is a key without a value, which is never what its author meant.
    const cutOff = isMap(value.node) && value.node.flow === true && describe(written) === 'nothing';
    const hint = cutOff ? 'A text with a comma is written in quotes.' : suggest(key, known);
    reading.report('unknown-key', place, `${what} has no key “${key}”.`, hint);
  }
  const values: Record<string, unknown> = {};
  let complete = true;
  for (const [key, field] of Object.entries(shape)) {
    const found = readField(field, key, what, entries.get(key), owner, reading);
    if (found.kind === 'failed') complete = false;
    else if (found.kind === 'read') values[key] = found.value;
  }
  const placeOfKey = (key: keyof S): Place => entries.get(String(key))?.key ?? owner;
  return { values: values as Partial<Values<S>>, complete, placeOfKey };
}

type FieldRead =
  | { readonly kind: 'read'; readonly value: unknown }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed' };

function readField(
  field: Field,
  key: string,
  what: string,
  entry: Entry | undefined,
  owner: Place,
  reading: Reading,
): FieldRead {
  if (entry) {
    const value = field.read(entry.value, reading);
    return value === null ? { kind: 'failed' } : { kind: 'read', value };
  }
  if (field.need === 'defaulted') return { kind: 'read', value: field.fallback };
  if (field.need === 'optional') return { kind: 'absent' };
  reading.report('missing-key', owner, `${what} needs the key “${key}”.`);
  return { kind: 'failed' };
}

/** Nothing at all counts as an empty map, so that `- app.opens:` reads as it looks. */
function entriesOf(
  value: Value,
  what: string,
  owner: Place,
  reading: Reading,
): ReadonlyMap<string, Entry> | null {
  const { node } = value;
  if (isMap(node)) return new Map(pairsOf(node, value.place, reading));
  if (node === null || (isScalar(node) && node.value === null)) return new Map();
  const place = value.node === null ? owner : value.place;
  return reading.report('wrong-type', place, `${what} must be a map, found ${describe(value)}.`);
}

/** The entries of a map by their keys as text. Where a value is missing, its key is what to point at. */
export function pairsOf(
  map: YAMLMap,
  place: Place,
  reading: Reading,
): readonly (readonly [string, { readonly key: Place; readonly value: Value }])[] {
  return map.items.map((pair) => {
    const key = placeOf(pair.key, place);
    const name = isScalar(pair.key) ? String(pair.key.value) : 'a key that is not text';
    return [name, { key, value: reading.valueOf(pair.value, key) }];
  });
}
