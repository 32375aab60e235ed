/** Reads what the commands are pointed to: config, baseline, scenarios. Every failure is a mistake with a way out. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { configValidator, packageRoot } from '../../contracts/catalogue.ts';
import { renderDiagnostic } from '../../scenarios/language/diagnostics.ts';
import { expandMatrix, variantMark, variantOf } from '../../scenarios/language/matrix.ts';
import { parseScenario } from '../../scenarios/language/parse.ts';
import type { Scenario } from '../../scenarios/language/scenario.ts';
import { suggest } from '../../scenarios/language/suggest.ts';
import { readConfig, type Config } from '../plan/config.ts';
import { globBase, globToRegExp, isGlob } from '../plan/glob.ts';
import { hint, Mistake, type MistakeNote } from '../plan/mistake.ts';
import type { Io } from './io.ts';
import { sampleConfig } from './sample-config.ts';

const usualConfig = 'coex.config.yaml';

/** The text of a file. @throws Mistake where it cannot be read */
export function readText(file: string, shown: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const what =
      code === 'ENOENT'
        ? 'There is no such file.'
        : code === 'EISDIR'
          ? 'It is a folder; a file is wanted here.'
          : `It cannot be read: ${String(error)}`;
    throw new Mistake({
      message: what,
      place: shown,
      ...hint(code === 'ENOENT' ? neighbour(file) : undefined),
    });
  }
}

/** A file of a similar name in the same folder. */
function neighbour(file: string): string | undefined {
  const folder = path.dirname(file);
  if (!existsSync(folder)) return `The folder ${folder} does not exist either.`;
  return suggest(path.basename(file), readdirSync(folder));
}

/** @param given - from the command line; missing: the usual name in the current folder */
export function loadConfig(
  given: string | undefined,
  io: Pick<Io, 'cwd' | 'env'>,
): Config & { folder: string } {
  const shown = given ?? usualConfig;
  const file = path.resolve(io.cwd, shown);
  if (given === undefined && !existsSync(file))
    throw new Mistake({
      message: `There is no ${usualConfig} in this folder.`,
      hint: `Name one with --config FILE, or write one like this:\n\n${sampleConfig}`,
    });
  return { ...parseConfig(readText(file, shown), shown, io), folder: path.dirname(file) };
}

/** @throws Mistake with everything that is wrong with the text of a config */
export function parseConfig(text: string, shown: string, { env }: Pick<Io, 'env'>): Config {
  const schemaFile = path.join(packageRoot(), 'contracts', 'config.schema.json');
  return readConfig(text, {
    file: shown,
    environment: env,
    schema: JSON.parse(readFileSync(schemaFile, 'utf8')) as object,
    validate: configValidator(),
  });
}

/** The folder of the built-in library. */
export const libraryFolder = (): string => path.join(packageRoot(), 'scenarios');

/** Files of scenarios as a run names them: absolute, and as they are shown. */
export interface ScenarioFile {
  readonly file: string;
  readonly shown: string;
  /** The only variant of its matrix that is wanted; missing: all. */
  readonly variant?: string;
}

/** The built-in library, by path. */
export const libraryFiles = (cwd: string): readonly ScenarioFile[] =>
  expand('**/*.yaml', libraryFolder()).map((file) => ({ file, shown: showPath(file, cwd) }));

/**
 * What files and patterns name, each file once. What does not exist there is looked for in the built-in library, as
 * `echoes` or as the id that reports show. `file#variant` names one variant of a matrix.
 *
 * @param folder - what they are relative to
 * @param place - where the pattern stands, for mistakes
 */
export function findScenarioFiles(
  patterns: readonly string[],
  folder: string,
  cwd: string,
  place?: string,
): readonly ScenarioFile[] {
  const found = patterns.flatMap((given) => {
    const variant = variantOf(given);
    const pattern = variant === undefined ? given : given.slice(0, -variant.length - variantMark.length);
    const files = isGlob(pattern) ? expandOrLibrary(pattern, folder) : named(pattern, folder);
    if (files.length === 0)
      throw new Mistake({
        message: `No scenario matches “${pattern}”.`,
        ...(place !== undefined && { place }),
      });
    return files.map((file) => ({
      file,
      shown: showPath(file, cwd),
      ...(variant !== undefined && { variant }),
    }));
  });
  return found.filter(
    (one, index) =>
      found.findIndex((other) => other.file === one.file && other.variant === one.variant) === index,
  );
}

function expandOrLibrary(pattern: string, folder: string): readonly string[] {
  const own = expand(pattern, folder);
  return own.length > 0 ? own : expand(pattern, libraryFolder());
}

/** A file, or every scenario of a folder. */
function named(given: string, folder: string): readonly string[] {
  const own = path.resolve(folder, given);
  const inLibrary = path.join(libraryFolder(), given);
  const file = [own, inLibrary, `${inLibrary}.yaml`].find((one) => existsSync(one));
  if (file === undefined)
    throw new Mistake({ message: 'There is no such scenario.', place: given, ...hint(neighbour(own)) });
  return statSync(file).isDirectory() ? expand('**/*.{yaml,yml}', file) : [file];
}

function expand(pattern: string, folder: string): readonly string[] {
  const whole = toSlashes(path.resolve(folder, pattern));
  const base = globBase(whole);
  if (!existsSync(base)) return [];
  const fits = globToRegExp(whole);
  return (
    readdirSync(base, { recursive: true, encoding: 'utf8' })
      // Below the folder looked in: the library itself may stand in somebody's node_modules.
      .filter((name) => !name.split(path.sep).includes('node_modules'))
      .map((name) => path.join(base, name))
      .filter((file) => fits.test(toSlashes(file)))
      .sort()
  );
}

const toSlashes = (file: string): string => file.split(path.sep).join('/');

/** Relative to the current folder where it is below it. */
const showPath = (file: string, cwd: string): string => {
  const relative = path.relative(cwd, file);
  return relative.startsWith('..') ? file : relative;
};

/** Reads scenarios; with mistakes in any of them, tells all of them at once. */
export function loadScenarios(
  files: readonly ScenarioFile[],
  obligationIds: readonly string[],
): readonly Scenario[] {
  const known = { obligations: new Set(obligationIds) };
  const notes: MistakeNote[] = [];
  const scenarios: Scenario[] = [];
  const ids = new Map<string, number>();
  const idOf = new Map<string, string>();
  for (const { file, shown, variant } of files) {
    const text = readText(file, shown);
    // Two variants of one file are asked for one by one, and are the same scenario.
    const id = idOf.get(file) ?? uniqueId(scenarioId(file), ids);
    idOf.set(file, id);
    const parsed = parseScenario(text, shown, id, known);
    // Somebody may name a file and one of its variants.
    const isNew = ({ id: given }: Scenario): boolean => !scenarios.some((one) => one.id === given);
    if ('scenario' in parsed)
      scenarios.push(...chosen(expandMatrix(parsed.scenario), variant, shown).filter(isNew));
    else notes.push(...parsed.diagnostics.map((one) => ({ message: renderDiagnostic(one, text) })));
  }
  if (notes.length > 0) throw new Mistake(notes);
  return scenarios;
}

/** The variant that is wanted, or all. */
function chosen(
  variants: readonly Scenario[],
  wanted: string | undefined,
  shown: string,
): readonly Scenario[] {
  if (wanted === undefined) return variants;
  const found = variants.filter(({ id }) => variantOf(id) === wanted);
  if (found.length > 0) return found;
  const known = variants.map(({ id }) => variantOf(id)).filter((name) => name !== undefined);
  throw new Mistake({
    message: `There is no variant “${wanted}”.`,
    place: shown,
    ...hint(known.length === 0 ? 'The scenario has no matrix.' : suggest(wanted, known)),
  });
}

/** Path below the nearest folder named `scenarios`, without extension; the bare name where there is none. */
function scenarioId(file: string): string {
  const parts = toSlashes(file).split('/');
  const below = parts.slice(parts.lastIndexOf('scenarios', parts.length - 2) + 1);
  const id = below.length === parts.length ? parts.slice(-1) : below;
  return id.join('/').replace(/\.ya?ml$/, '');
}

/** Worlds are named after scenarios, so that two of one name would be one and the same. */
function uniqueId(id: string, ids: Map<string, number>): string {
  const count = (ids.get(id) ?? 0) + 1;
  ids.set(id, count);
  return count === 1 ? id : `${id}~${count}`;
}
