/** Bots on published packages: where they are, what is expected of them, and how their packages get here. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../../contracts/catalogue.ts';

const folder = (): string => path.join(packageRoot(), 'runner/specimens/real');

/** Names of their folders, in alphabetical order. */
export const realSystems = (): readonly string[] =>
  readdirSync(folder())
    .filter((name) => existsSync(path.join(folder(), name, 'coex.config.yaml')))
    .sort();

/** What is expected of a system for one obligation. */
export interface Expectation {
  readonly verdict: string;
  /** The line of code that causes a failure: `bot.mjs:12`, or a file of a package. */
  readonly where?: string;
  readonly because?: string;
}

export const expectationsOf = (name: string): Readonly<Record<string, Expectation>> =>
  (
    parse(readFileSync(path.join(folder(), name, 'expected.yaml'), 'utf8')) as {
      readonly verdicts: Readonly<Record<string, Expectation>>;
    }
  ).verdicts;

/** Installs the packages from their lock file, where that has not been done; needs the package registry. */
export function installReal(): void {
  if (areInstalled()) return;
  // None of the packages needs a script of its own to be installed, so none gets to run one.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['ci', ...options], { cwd: folder(), stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Whether what is installed is what the lock file says; npm leaves a copy of it when it has finished. */
function areInstalled(): boolean {
  const copy = path.join(folder(), 'node_modules/.package-lock.json');
  return (
    existsSync(copy) && statSync(copy).mtimeMs >= statSync(path.join(folder(), 'package-lock.json')).mtimeMs
  );
}
