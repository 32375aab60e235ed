/** Defects: for each obligation at least one way to break it and nothing else, a file named after it in `defects/`. */
import { existsSync, readdirSync } from 'node:fs';
import type { Conduct } from './conforming/conduct.ts';

/** Where a defective inbox differs from the conforming one. */
export interface Defect {
  /** The decisions that it takes another way. */
  readonly conduct: Partial<Conduct>;
  /** Other obligations that fail with it, and why no system could break the one without the others. */
  readonly collateral?: Readonly<Record<string, string>>;
}

const folder = new URL('./defects/', import.meta.url);

/** Obligations that have a defect, in alphabetical order. */
export const defects = (): readonly string[] =>
  readdirSync(folder)
    .map((file) => /^([a-z-]+)\.[jt]s$/.exec(file)?.[1])
    .filter((name) => name !== undefined)
    .sort();

/** @throws Error naming the variable, where nothing is named so */
export async function loadDefect(obligation: string): Promise<Defect> {
  const found = ['js', 'ts'].find((end) => existsSync(new URL(`${obligation}.${end}`, folder)));
  if (found === undefined || !defects().includes(obligation))
    throw new Error(`SPECIMEN_DEFECT: there is no defect “${obligation}”; see runner/specimens/defects/.`);
  const { defect } = (await import(new URL(`${obligation}.${found}`, folder).href)) as {
    readonly defect: Defect;
  };
  return defect;
}
