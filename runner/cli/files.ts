/** Reads what the commands are pointed to: config, baseline, scenarios. Every failure is a mistake with a way out. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { configValidator, packageRoot } from '../../contracts/catalogue.ts';
import { renderDiagnostic } from '../../scenarios/language/diagnostics.ts';
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
  const schemaFile = path.join(packageRoot(), 'contracts', 'config.schema.json');
  const config = readConfig(readText(file, shown), {
    file: shown,
    environment: io.env,
    schema: JSON.parse(readFileSync(schemaFile, 'utf8')) as object,
    validate: configValidator(),
  });
  return { ...config, folder: path.dirname(file) };
}

/** The folder of the built-in library. */
export const libraryFolder = (): string => path.join(packageRoot(), 'scenarios');

/** Files of scenarios as a run names them: absolute, and as they are shown. */
export interface ScenarioFile {
  readonly file: string;
  readonly shown: string;
}

/** The built-in library, by path. */
export const libraryFiles = (cwd: string): readonly ScenarioFile[] =>
  expand('**/*.yaml', libraryFolder()).map((file) => ({ file, shown: showPath(file, cwd) }));

/**
 * What files and patterns name, each file once. What does not exist there is looked for in the built-in library, as
 * `echoes` or as the id that reports show.
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
  const found = patterns.flatMap((pattern) => {
    const files = isGlob(pattern) ? expandOrLibrary(pattern, folder) : named(pattern, folder);
    if (files.length === 0)
      throw new Mistake({
        message: `No scenario matches “${pattern}”.`,
        ...(place !== undefined && { place }),
      });
    return files;
  });
  return [...new Set(found)].map((file) => ({ file, shown: showPath(file, cwd) }));
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
  for (const { file, shown } of files) {
    const text = readText(file, shown);
    const parsed = parseScenario(text, shown, uniqueId(scenarioId(file), ids), known);
    if ('scenario' in parsed) scenarios.push(parsed.scenario);
    else notes.push(...parsed.diagnostics.map((one) => ({ message: renderDiagnostic(one, text) })));
  }
  if (notes.length > 0) throw new Mistake(notes);
  return scenarios;
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
