/**
 * The judge before strangers: what a run says of bots on published packages is what was once found and explained.
 *
 * A verdict that changes is either a change of ours that has to be understood, or a flaw of a scenario. Where the
 * packages are missing, they are installed from their lock file; that needs the package registry.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../contracts/catalogue.ts';
import { examine } from './testing/examine.ts';

const folder = path.join(packageRoot(), 'runner/specimens/real');
const bots = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'coex.config.yaml')));

interface Expected {
  readonly verdicts: Readonly<
    Record<string, { readonly verdict: string; readonly where?: string; readonly because?: string }>
  >;
}

const expectedOf = (bot: string): Expected =>
  parse(readFileSync(path.join(folder, bot, 'expected.yaml'), 'utf8')) as Expected;

/** Whether what is installed is what the lock file says; npm leaves a copy of it when it has finished. */
function areInstalled(): boolean {
  const copy = path.join(folder, 'node_modules/.package-lock.json');
  return (
    existsSync(copy) && statSync(copy).mtimeMs >= statSync(path.join(folder, 'package-lock.json')).mtimeMs
  );
}

beforeAll(() => {
  if (areInstalled()) return;
  // None of the packages needs a script of its own to be installed, so none gets to run one.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['ci', ...options], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
}, 300_000);

// Two at a time, as the house's configuration has it; one run is a minute and longer where processes start afresh.
describe.concurrent('a bot on a published package', { timeout: 420_000 }, () => {
  it.each(bots)('%s: each verdict is the one that is expected', async (bot) => {
    const { report } = await examine(`real/${bot}`);
    const seen = report.obligations
      .filter(({ verdict }) => verdict !== 'not-applicable')
      .map(({ id, verdict }) => [id, verdict] as const);
    const expected = Object.entries(expectedOf(bot).verdicts).map(
      ([id, { verdict }]) => [id, verdict] as const,
    );
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(expected));
  });

  it.each(bots)('%s: each failure is explained by a line of code', (bot) => {
    const failures = Object.entries(expectedOf(bot).verdicts).filter(([, { verdict }]) => verdict === 'fail');
    for (const [id, { where, because }] of failures) {
      expect(where, id).toMatch(/\.m?js:\d+/);
      expect(because, id).toBeTruthy();
    }
  });
});
