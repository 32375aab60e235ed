/** Typed reading of YAML nodes: each reader says what it expected, and where, when it meets something else. */
import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';
import type { Diagnostic, DiagnosticCode } from './diagnostics.ts';
import { readDuration } from './durations.ts';
import type { Names } from './names.ts';
import type { Position } from './scenario.ts';
import { suggest } from './suggest.ts';

/** A stretch of the file, in UTF-16 units from its start. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Something in the file that is to be read. */
export interface Value {
  /** Aliases are already followed; `null` where nothing was written. */
  readonly node: Node | null;
  readonly place: Place;
}

/** Reads a value, or reports what is wrong with it and gives `null`. */
export type Read<T> = (value: Value, reading: Reading) => T | null;

/** One file being read: what was found out so far. */
export interface Reading {
  readonly names: Names;
  /** Always `null`, so that a reader can end with it. */
  readonly report: (code: DiagnosticCode, place: Place, message: string, suggestion?: string) => null;
  readonly positionOf: (place: Place) => Position;
  /** The value of a node; `place` is where to point if the node has none of its own. */
  readonly valueOf: (node: unknown, place: Place) => Value;
}

/** Most aliases followed in one file; what a person writes needs a handful, and nested ones grow without bound. */
const mostAliases = 100;

/** Begins to read a file. `diagnostics` grows as mistakes are met. */
export function createReading(
  document: Document,
  lines: LineCounter,
  file: string,
  names: Names,
  diagnostics: Diagnostic[],
): Reading {
  let aliases = 0;
  const positionOf = (place: Place): Position => {
    const { line, col } = lines.linePos(place.start);
    return { line, column: col };
  };
  const reading: Reading = {
    names,
    positionOf,
    report(code, place, message, suggestion) {
      const length = Math.max(1, place.end - place.start);
      const found = { code, file, ...positionOf(place), length, message };
      diagnostics.push(suggestion === undefined ? found : { ...found, suggestion });
      return null;
    },
    valueOf(node, place) {
      if (!isAlias(node)) return { node: isNode(node) ? node : null, place: placeOf(node, place) };
      aliases += 1;
      if (aliases === mostAliases + 1)
        reading.report('too-many-aliases', placeOf(node, place), `More than ${mostAliases} aliases.`);
      const target = aliases > mostAliases ? undefined : node.resolve(document);
      return { node: target ?? null, place: placeOf(node, place) };
    },
  };
  return reading;
}

const isNode = (node: unknown): node is Node => isScalar(node) || isMap(node) || isSeq(node);

/** Where a node stands; `otherwise` where it has no place of its own. */
export function placeOf(node: unknown, otherwise: Place): Place {
  const range = isNode(node) || isAlias(node) ? node.range : undefined;
  return range && range[1] > range[0] ? { start: range[0], end: range[1] } : otherwise;
}

/** What stands there, for people. */
export function describe({ node }: Value): string {
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return 'a list';
  const found = isScalar(node) ? node.value : null;
  if (typeof found === 'string') return `“${found.slice(0, 60)}”`;
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : 'nothing';
}

const expected = (what: string, value: Value, reading: Reading, suggestion?: string): null =>
  reading.report('wrong-type', value.place, `Expected ${what}, found ${describe(value)}.`, suggestion);

const scalarOf = ({ node }: Value): unknown => (isScalar(node) ? node.value : undefined);

/** Text that is not empty. */
export const text: Read<string> = (value, reading) => {
  const found = scalarOf(value);
  if (typeof found === 'string' && found.trim() !== '') return found;
  const quotes = typeof found === 'number' || typeof found === 'boolean';
  return expected('text', value, reading, quotes ? `Write it in quotes: "${found}".` : undefined);
};

export const flag: Read<boolean> = (value, reading) => {
  const found = scalarOf(value);
  return typeof found === 'boolean' ? found : expected('true or false', value, reading);
};

export const numeral: Read<number> = (value, reading) => {
  const found = scalarOf(value);
  return typeof found === 'number' && Number.isFinite(found) ? found : expected('a number', value, reading);
};

/** A whole number between both bounds, each included. */
export const whole =
  (min: number, max: number): Read<number> =>
  (value, reading) => {
    const found = scalarOf(value);
    if (typeof found !== 'number' || !Number.isInteger(found))
      return expected('a whole number', value, reading);
    if (found >= min && found <= max) return found;
    return reading.report(
      'wrong-value',
      value.place,
      `Expected a number from ${min} to ${max}, found ${found}.`,
    );
  };

/** One of some words; `what` names them in the message. */
export const oneOf =
  <const Word extends string>(what: string, words: readonly Word[]): Read<Word> =>
  (value, reading) => {
    const found = scalarOf(value);
    if (typeof found !== 'string') return expected(`${what} (${words.join(', ')})`, value, reading);
    const word = words.find((known) => known === found);
    if (word !== undefined) return word;
    return reading.report('wrong-value', value.place, `“${found}” is not ${what}.`, suggest(found, words));
  };

/** A duration with its unit, as milliseconds. */
export const duration: Read<number> = (value, reading) => {
  const found = scalarOf(value);
  if (typeof found !== 'string' && typeof found !== 'number')
    return expected('a duration such as 10s', value, reading);
  const read = readDuration(String(found));
  switch (read.kind) {
    case 'read':
      return read.durationMs;
    case 'no-unit':
      return reading.report(
        'duration-without-unit',
        value.place,
        `The duration ${read.number} has no unit.`,
        `Write ${read.number}s, or with ms, m, h or d.`,
      );
    case 'too-long':
      return reading.report('wrong-value', value.place, 'A duration is at most 366 days.');
    case 'not-a-duration':
      return expected('a duration such as 500ms, 10s, 30m, 2h or 14d', value, reading);
  }
};

/** A list of at most `most`, each read alike. */
export const listOf =
  <T>(item: Read<T>, most = 1_000): Read<readonly T[]> =>
  (value, reading) => {
    const { node, place } = value;
    if (!isSeq(node)) return expected('a list', value, reading);
    if (node.items.length > most)
      return reading.report('wrong-value', place, `Expected at most ${most} entries.`);
    const found: T[] = [];
    for (const entry of node.items) {
      const read = item(reading.valueOf(entry, place), reading);
      if (read !== null) found.push(read);
    }
    return found.length === node.items.length ? found : null;
  };

/** Another form of what `read` gives. */
export const mapped =
  <T, U>(read: Read<T>, turn: (found: T) => U): Read<U> =>
  (value, reading) => {
    const found = read(value, reading);
    return found === null ? null : turn(found);
  };

/** Deepest nesting of a free-form body. */
const deepest = 20;

/** What a body may hold. */
type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Any YAML as JSON, for bodies of Graph calls. */
export function readJson(value: Value, reading: Reading, depth = 0): JsonValue {
  const { node, place } = value;
  if (depth > deepest) return reading.report('wrong-value', place, `Nested deeper than ${deepest} levels.`);
  const inner = (item: unknown): JsonValue => readJson(reading.valueOf(item, place), reading, depth + 1);
  if (isSeq(node)) return node.items.map(inner);
  if (isMap(node))
    return Object.fromEntries(
      node.items.map((pair) => [String(scalarOf(reading.valueOf(pair.key, place))), inner(pair.value)]),
    );
  const found = scalarOf(value);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? found : null;
}

/** A map of anything, as JSON. */
export const jsonMap: Read<Readonly<Record<string, unknown>>> = (value, reading) => {
  if (!isMap(value.node)) return expected('a map', value, reading);
  return readJson(value, reading) as Readonly<Record<string, unknown>>;
};
