/** Reads a baseline file: broken obligations that are known and tolerated until a day. Pure. */
import { hint, Mistake, type MistakeNote } from './mistake.ts';
import { suggest } from '../../scenarios/language/suggest.ts';
import { readPlacedYaml, type PlacedYaml } from './yaml-places.ts';

/** One obligation that may be broken for a while. */
export interface Waiver {
  readonly obligation: string;
  /** The only scenario in which it may be; missing: in any. */
  readonly scenario?: string;
  readonly reason: string;
  /** First day on which it counts again, `2027-01-31`. */
  readonly until: string;
  /** `file:line:column` of the entry. */
  readonly place: string;
}

/** What there is that a waiver may name. */
export interface Known {
  readonly obligations: readonly string[];
  /** Asked only where a waiver names one. */
  readonly scenarios: () => readonly string[];
}

/** A waiver without a reason or an end would never be looked at again. */
const needed = ['obligation', 'reason', 'until'] as const;
const keys = [...needed, 'scenario'] as const;

/** @throws Mistake with every note at once */
export function readBaseline(text: string, file: string, known: Known): readonly Waiver[] {
  const yaml = readPlacedYaml(text, file);
  const list: unknown = yaml.data ?? [];
  if (!Array.isArray(list))
    throw new Mistake({
      message: 'A baseline is a list of {obligation, scenario, reason, until}.',
      place: yaml.place([]),
    });
  const notes = list.flatMap((item: unknown, index) => check(item, index, yaml, known));
  if (notes.length > 0) throw new Mistake(notes);
  return (list as readonly Omit<Waiver, 'place'>[]).map((one, index) => ({
    ...one,
    place: yaml.place([index]),
  }));
}

function check(item: unknown, index: number, yaml: PlacedYaml, known: Known): readonly MistakeNote[] {
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
  const missing = needed
    .filter((key) => typeof waiver[key] !== 'string' || waiver[key] === '')
    .map((key) => ({ message: `A waiver needs “${key}”, a text.`, place }));
  const { until } = waiver;
  const day: MistakeNote[] =
    typeof until === 'string' && !/^\d{4}-\d{2}-\d{2}$/.test(until)
      ? [{ message: '“until” is a day, such as 2027-01-31.', place: yaml.place([index, 'until']) }]
      : [];
  const names = (['obligation', 'scenario'] as const).flatMap((key) =>
    unknownName(waiver[key], key, known, yaml.place([index, key])),
  );
  return [...strange, ...missing, ...names, ...day];
}

function unknownName(
  given: unknown,
  what: 'obligation' | 'scenario',
  known: Known,
  place: string,
): readonly MistakeNote[] {
  if (given === undefined) return [];
  if (typeof given !== 'string') return [{ message: `“${what}” is a text.`, place }];
  const names = what === 'obligation' ? known.obligations : known.scenarios();
  if (names.includes(given)) return [];
  return [{ message: `There is no ${what} “${given}”.`, place, ...hint(suggest(given, names)) }];
}

/** Whether a waiver is about an obligation in a scenario. */
export const isAbout = (
  waiver: Pick<Waiver, 'obligation' | 'scenario'>,
  obligation: string | undefined,
  scenario: string,
): boolean =>
  waiver.obligation === obligation && (waiver.scenario === undefined || waiver.scenario === scenario);

/** What an entry that was written by itself says until somebody says why. */
export const unexplained = 'not explained yet';

/** How long such an entry holds, days. */
const usualDays = 90;

/**
 * The baseline as it is after a run: what fails is in it, what does not fail any more is not, what was not played stays.
 *
 * @param failed - obligations that failed, and where
 * @param played - obligations that were judged, and where
 * @param today - `2026-11-27`
 */
export function updateBaseline(
  before: readonly Waiver[],
  failed: readonly Pair[],
  played: readonly Pair[],
  today: string,
): readonly Omit<Waiver, 'place'>[] {
  const covers = (waiver: Waiver, pairs: readonly Pair[]): boolean =>
    pairs.some(({ obligation, scenario }) => isAbout(waiver, obligation, scenario));
  const kept = before.filter((waiver) => covers(waiver, failed) || !covers(waiver, played));
  const until = new Date(Date.parse(today) + usualDays * 86_400_000).toISOString().slice(0, 10);
  const added = failed
    .filter(({ obligation, scenario }) => !kept.some((waiver) => isAbout(waiver, obligation, scenario)))
    .map((pair) => ({ ...pair, reason: unexplained, until }));
  return [
    ...kept.map(({ obligation, scenario, reason, until: end }) => ({
      obligation,
      ...(scenario !== undefined && { scenario }),
      reason,
      until: end > today ? end : until,
    })),
    ...added,
  ];
}

interface Pair {
  readonly obligation: string;
  readonly scenario: string;
}
