/** Reads a baseline file: broken obligations that are known and tolerated until a day. Pure. */
import { hint, Mistake, type MistakeNote } from './mistake.ts';
import { suggest } from '../../scenarios/language/suggest.ts';
import { readPlacedYaml, type PlacedYaml } from './yaml-places.ts';

/** One obligation that may be broken for a while. */
export interface Waiver {
  readonly obligation: string;
  readonly reason: string;
  /** First day on which it counts again, `2027-01-31`. */
  readonly until: string;
}

/** A list of `{obligation, reason, until}`; a waiver without a reason or an end would never be looked at again. */
const keys = ['obligation', 'reason', 'until'] as const;

/**
 * @param known - ids of the obligations there are
 * @throws Mistake with every note at once
 */
export function readBaseline(text: string, file: string, known: readonly string[]): readonly Waiver[] {
  const yaml = readPlacedYaml(text, file);
  const list: unknown = yaml.data ?? [];
  if (!Array.isArray(list))
    throw new Mistake({
      message: 'A baseline is a list of {obligation, reason, until}.',
      place: yaml.place([]),
    });
  const notes = list.flatMap((item: unknown, index) => check(item, index, yaml, known));
  if (notes.length > 0) throw new Mistake(notes);
  return list as readonly Waiver[];
}

function check(
  item: unknown,
  index: number,
  yaml: PlacedYaml,
  known: readonly string[],
): readonly MistakeNote[] {
  const place = yaml.place([index]);
  if (typeof item !== 'object' || item === null) return [{ message: 'A waiver is a map.', place }];
  const waiver = item as Readonly<Record<string, unknown>>;
  const strange = Object.keys(waiver)
    .filter((key) => !keys.some((one) => one === key))
    .map((key) => ({
      message: `“${key}” means nothing in a waiver.`,
      place: yaml.placeOfKey([index], key),
      ...hint(suggest(key, keys)),
    }));
  const missing = keys
    .filter((key) => typeof waiver[key] !== 'string' || waiver[key] === '')
    .map((key) => ({ message: `A waiver needs “${key}”, a text.`, place }));
  const { obligation, until } = waiver;
  const wrong: MistakeNote[] = [];
  if (typeof obligation === 'string' && !known.includes(obligation))
    wrong.push({
      message: `There is no obligation “${obligation}”.`,
      place: yaml.place([index, 'obligation']),
      ...hint(suggest(obligation, known)),
    });
  if (typeof until === 'string' && !/^\d{4}-\d{2}-\d{2}$/.test(until))
    wrong.push({ message: '“until” is a day, such as 2027-01-31.', place: yaml.place([index, 'until']) });
  return [...strange, ...missing, ...wrong];
}
