/** Narrows what is played: by words, by obligation, by a share of the whole. Pure. */
import type { Scenario } from '../../scenarios/language/scenario.ts';
import { suggest } from '../../scenarios/language/suggest.ts';
import { hint, Mistake } from './mistake.ts';

export interface Selection {
  /** A regular expression, or words, looked for in ids and titles; case does not matter. */
  readonly grep?: string;
  /** Only scenarios that can prove one of these. */
  readonly obligations?: readonly string[];
  readonly shard?: Shard;
}

/** The `index`-th of `count` parts, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * @param known - ids of all obligations there are
 * @throws Mistake where an obligation does not exist, or nothing is left to play
 */
export function selectScenarios(
  scenarios: readonly Scenario[],
  { grep, obligations = [], shard }: Selection,
  known: readonly string[],
): readonly Scenario[] {
  refuseUnknown(obligations, known);
  const pattern = grep === undefined ? undefined : patternOf(grep);
  const selected = scenarios
    .filter(({ id, title }) => pattern === undefined || pattern.test(id) || pattern.test(title))
    .filter(({ obligations: own }) => obligations.length === 0 || obligations.some((id) => own.includes(id)));
  if (selected.length === 0 && (grep !== undefined || obligations.length > 0))
    throw new Mistake({
      message: `None of the ${scenarios.length} scenarios fits.`,
      place: grep === undefined ? '--obligation' : '--grep',
      hint: 'coex list scenarios shows what the library has.',
    });
  return shard ? selected.filter((_one, index) => index % shard.count === shard.index - 1) : selected;
}

function refuseUnknown(given: readonly string[], known: readonly string[]): void {
  const notes = given
    .filter((id) => !known.includes(id))
    .map((id) => ({
      message: `There is no obligation “${id}”.`,
      place: '--obligation',
      ...hint(suggest(id, known)),
    }));
  if (notes.length > 0) throw new Mistake(notes);
}

/** What is no regular expression is meant literally. */
function patternOf(text: string): RegExp {
  try {
    return new RegExp(text, 'iu');
  } catch {
    return new RegExp(text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), 'iu');
  }
}

/** `1/4`. @returns nothing where it is no share */
export function readShard(text: string): Shard | undefined {
  const [, index, count] = /^(\d{1,3})\/(\d{1,3})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  return shard.index >= 1 && shard.index <= shard.count ? shard : undefined;
}
