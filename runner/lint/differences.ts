/** What a contract finds in captured data, told for people: unknown, missing, of another type, otherwise different. Pure. */
import type { ContractFinding } from '../../contracts/catalogue.ts';

export interface Difference {
  readonly kind: 'unknown' | 'missing' | 'type' | 'value';
  /** JSON pointer into what was captured; empty for the whole. */
  readonly pointer: string;
  /** Never quotes what was captured, but for {@link Difference.word}. */
  readonly message: string;
  /** The value, where it stands for one of a list and is a word: the name of a type, of a status. */
  readonly word?: string;
}

/** Keywords that only say that something inside them failed. */
const around = new Set(['if', 'anyOf', 'oneOf', 'allOf']);

/**
 * Findings as differences, the same thing told once.
 *
 * @param data - what was checked
 * @param isKnownKey - whether any contract has a key of that name
 */
export function toDifferences(
  findings: readonly ContractFinding[],
  data: unknown,
  isKnownKey: (key: string) => boolean,
): readonly Difference[] {
  const inside = findings.filter(({ keyword }) => !around.has(keyword));
  const telling = inside.length > 0 ? inside : findings;
  const real = telling.filter((finding) => !isEcho(finding, telling, isKnownKey));
  const all = real.map((finding) => toDifference(finding, data));
  const seen = new Set<string>();
  return all.filter(({ pointer, message }) => {
    const key = `${pointer} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * Where a part of an object fails, Ajv no longer knows which keys that part had looked at, and calls them unevaluated;
 * of those only a key that no contract has is worth a word.
 */
function isEcho(
  { keyword, pointer, params }: ContractFinding,
  all: readonly ContractFinding[],
  isKnownKey: (key: string) => boolean,
): boolean {
  if (keyword !== 'unevaluatedProperties') return false;
  if (!isKnownKey(String(params['unevaluatedProperty']))) return false;
  return all.some(
    (other) =>
      other.keyword !== 'unevaluatedProperties' &&
      (other.pointer === pointer || other.pointer.startsWith(`${pointer}/`)),
  );
}

function toDifference({ pointer, keyword, params, message }: ContractFinding, data: unknown): Difference {
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
      const at = `${pointer}/${escapePointer(key)}`;
      return { kind: 'unknown', pointer: at, message: `is in no contract (${describe(valueAt(data, at))})` };
    }
    case 'false schema':
      return { kind: 'unknown', pointer, message: 'does not belong here' };
    case 'required':
    case 'dependentRequired':
      return {
        kind: 'missing',
        pointer: `${pointer}/${escapePointer(String(params['missingProperty']))}`,
        message: 'is missing',
      };
    case 'type':
      return {
        kind: 'type',
        pointer,
        message: `is ${describe(valueAt(data, pointer))}, and should be of type ${String(params['type'])}`,
      };
    case 'enum':
    case 'const':
      return notAllowed(pointer, valueAt(data, pointer), params);
    default:
      return { kind: 'value', pointer, message };
  }
}

function notAllowed(pointer: string, value: unknown, params: ContractFinding['params']): Difference {
  const allowed = (params['allowedValues'] ?? [params['allowedValue']]) as readonly unknown[];
  const known = `and is known as ${allowed.map(String).join(', ')}`;
  if (typeof value === 'string' && isWord(value))
    return { kind: 'unknown', pointer, message: `is “${value}”, ${known}`, word: value };
  return { kind: 'unknown', pointer, message: `is ${describe(value)}, ${known}` };
}

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** The value a JSON pointer leads to; `undefined` where it leads nowhere. */
export function valueAt(data: unknown, pointer: string): unknown {
  let value = data;
  for (const part of pointer.split('/').slice(1)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return value;
}

/** A single word of the protocol; nothing a person would have written, or be known by. */
export const isWord = (text: string): boolean =>
  /^[A-Za-z]+(?:[_-][A-Za-z]+)*$/.test(text) && text.length <= 48;

/** What a value is, without saying what is in it. */
function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  switch (typeof value) {
    case 'string':
      return `a text of ${value.length} characters`;
    case 'number':
      return Number.isInteger(value) ? 'a whole number' : 'a number';
    case 'boolean':
      return String(value);
    case 'undefined':
      return 'not there';
    default:
      return 'an object';
  }
}
