/** Calls that came closest to an expected one, and in what they differ. Pure. */
import type { CallMatch } from '../../scenarios/language/scenario.ts';
import type { Exchange, GraphExchange } from '../../simulator/index.ts';
import { describeCall } from './describe.ts';
import {
  errorCode,
  holds,
  isAddressedTo,
  isReceipt,
  isRecord,
  isSutCall,
  param,
  type Addressee,
} from './match.ts';

/** Most calls that are told; who sees three sees the pattern. */
const mostTold = 3;
/** Most differences told of one call. */
const mostDifferences = 4;
/** Longest value shown, characters. */
const longestValue = 80;

/**
 * @returns a line for each: the call, then what differs; the closest first; nothing where no call was made at all
 */
export function nearMisses(
  exchanges: readonly Exchange[],
  match: CallMatch,
  to?: Addressee,
): readonly string[] {
  return exchanges
    .filter(isSutCall)
    .map((call) => ({ call, differences: differencesOf(call, match, to) }))
    .filter(({ differences }) => differences.length > 0)
    .sort((a, b) => weight(a.differences) - weight(b.differences) || b.call.number - a.call.number)
    .slice(0, mostTold)
    .map(({ call, differences }) => {
      const told = differences.slice(0, mostDifferences).map(({ text }) => text);
      const more = differences.length > told.length ? [`${differences.length - told.length} more`] : [];
      return `${describeCall(call)}: ${[...told, ...more].join('; ')}`;
    });
}

interface Difference {
  readonly text: string;
  /** A call of another edge is further away than one with another text. */
  readonly weight: number;
}

const weight = (differences: readonly Difference[]): number =>
  differences.reduce((sum, one) => sum + one.weight, 0);

function differencesOf(
  call: GraphExchange,
  match: CallMatch,
  to: Addressee | undefined,
): readonly Difference[] {
  const found: Difference[] = [];
  const differs = (text: string, heavy = 1): number => found.push({ text, weight: heavy });
  const edge = call.edge === '' ? call.path : call.edge;
  if (call.edge !== match.edge) differs(`the edge is ${edge}, not ${match.edge}`, 100);
  else if (match.body === undefined && isReceipt(call)) differs('it is a receipt, not a message', 20);
  if (match.method !== undefined && call.method !== match.method)
    differs(`the method is ${call.method}, not ${match.method}`, 50);
  if (match.to !== undefined && to !== undefined && !isAddressedTo(call, to))
    differs(
      `it is for ${param(call, 'to') ?? param(call, 'recipient') ?? 'nobody'}, not for ${match.to} (${to.waId})`,
      10,
    );
  if (match.body !== undefined)
    for (const text of bodyDifferences(call.params, match.body, '')) differs(text);
  const { answered } = match;
  if (answered?.status !== undefined && answered.status !== call.status)
    differs(`it was answered ${call.status}, not ${answered.status}`, 5);
  if (answered?.code !== undefined && answered.code !== errorCode(call))
    differs(
      `it was answered with ${errorCode(call) === undefined ? 'no code' : `code ${errorCode(call)}`}, not ${answered.code}`,
      5,
    );
  if (found.length === 0 && match.before !== undefined)
    differs(`it came after a successful call of ${match.before}`, 5);
  return found;
}

/** Leaves that differ, by their path. */
function bodyDifferences(value: unknown, wanted: unknown, path: string): readonly string[] {
  if (holds(value, wanted)) return [];
  if (isRecord(wanted) && isRecord(value))
    return Object.entries(wanted).flatMap(([key, inner]) =>
      bodyDifferences(value[key], inner, path === '' ? key : `${path}.${key}`),
    );
  if (Array.isArray(wanted) && Array.isArray(value) && wanted.length === value.length)
    return wanted.flatMap((inner, index) => bodyDifferences(value[index], inner, `${path}[${index}]`));
  const name = path === '' ? 'the body' : `“${path}”`;
  return [value === undefined ? `${name} is missing` : `${name} is ${show(value)}, not ${show(wanted)}`];
}

function show(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}
