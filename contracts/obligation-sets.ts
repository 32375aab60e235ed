/** What a certification of one month demands, and what went wrong in real integrations: the catalogue seen from outside. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from './compile.ts';

/** Obligations that a certification demands, frozen with its month. */
export interface ObligationSet {
  /** `2026-11`. */
  readonly set: string;
  readonly title: string;
  /** Ids by profile: of each profile that a system claims, all have to be kept. */
  readonly demands: Readonly<Record<string, readonly string[]>>;
  /** Obligations that were known and left out; why, by id. */
  readonly 'not-scored': Readonly<Record<string, string>>;
}

/** Something that real integrations got wrong. */
export interface FailureMode {
  /** For citing; never given twice. */
  readonly code: string;
  readonly what: string;
  /** The obligations that would have shown it; missing: see `unscored`. */
  readonly obligations?: readonly string[];
  /** Why no obligation shows it. */
  readonly unscored?: string;
}

const inContracts = (...parts: readonly string[]): string => path.join(packageRoot(), 'contracts', ...parts);

/** All sets, the oldest first. */
export function obligationSets(): readonly ObligationSet[] {
  const folder = inContracts('obligations', 'sets');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => parse(readFileSync(path.join(folder, name), 'utf8')) as ObligationSet);
}

/** The file of a set, as it was published. */
export const obligationSetText = (set: string): string =>
  readFileSync(inContracts('obligations', 'sets', `${set}.yaml`), 'utf8');

/** All failure modes on record, in the order of the file. */
export function failureModes(): readonly FailureMode[] {
  const groups = parse(readFileSync(inContracts('failure-modes.yaml'), 'utf8')) as readonly {
    readonly modes: readonly FailureMode[];
  }[];
  return groups.flatMap(({ modes }) => modes);
}
