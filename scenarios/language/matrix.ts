/** A scenario with a `matrix` is several: the same steps under each variant of the platform. Pure. */
import { isMap } from 'yaml';
import { describe, type Read } from './read.ts';
import type { Scenario } from './scenario.ts';
import { readBehaviour } from './setup.ts';
import { optional, pairsOf, readMap, type Shape } from './shape.ts';
import type { BehaviourOverrides } from './vocabulary.ts';

/** What a variant changes; its entries go before the scenario's own. */
export interface Variant {
  readonly behaviour: BehaviourOverrides;
}

/** Variants by name, in the order of the file. */
export type Matrix = Readonly<Record<string, Variant>>;

/** Most variants of one scenario. */
export const mostVariants = 32;

/** What stands between a scenario's id or file and the name of a variant. */
export const variantMark = '#';

export const variantShape = { behaviour: optional(readBehaviour) } as const satisfies Shape;

const variantName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** At least two variants by name: one alone is written as `behaviour`. */
export const readMatrix: Read<Matrix> = (value, reading) => {
  if (!isMap(value.node))
    return reading.report(
      'wrong-type',
      value.place,
      `Expected variants by name, found ${describe(value)}.`,
      'Write “matrix: { usual: {}, other: { behaviour: { … } } }”.',
    );
  const variants: [string, Variant][] = [];
  for (const [name, { key, value: variant }] of pairsOf(value.node, value.place, reading)) {
    if (!variantName.test(name))
      reading.report('wrong-value', key, `“${name}” is no name of a variant: lower-case words with hyphens.`);
    const map = readMap(variantShape, `variant “${name}”`, variant, key, reading);
    if (map) variants.push([name, { behaviour: map.values.behaviour ?? {} }]);
  }
  const count = value.node.items.length;
  if (count < 2 || count > mostVariants)
    return reading.report(
      'wrong-value',
      value.place,
      `A matrix has 2 to ${mostVariants} variants, not ${count}.`,
      count < 2 ? 'Write a single one as “behaviour”.' : undefined,
    );
  return Object.fromEntries(variants);
};

/** One scenario for each variant; the scenario itself where it has no matrix. */
export function expandMatrix(scenario: Scenario): readonly Scenario[] {
  const { matrix, ...rest } = scenario;
  if (!matrix) return [scenario];
  return Object.entries(matrix).map(([name, { behaviour }]) => ({
    ...rest,
    id: `${rest.id}${variantMark}${name}`,
    title: `${rest.title} (${name})`,
    behaviour: { ...rest.behaviour, ...behaviour },
  }));
}

/** The variant that an id or a file names, `heartbeat/a#by-number`; missing: none. */
export function variantOf(text: string): string | undefined {
  const mark = text.lastIndexOf(variantMark);
  return mark < 0 ? undefined : text.slice(mark + 1);
}

/** How a run is told to play just this: its file, and the variant where there are several. */
export function selectorOf({ file, id }: { readonly file: string; readonly id: string }): string {
  const variant = variantOf(id);
  return variant === undefined ? file : `${file}${variantMark}${variant}`;
}
