/** The system's own clock, taken along: a real process, which counts days by `Date.now` and looks with `setInterval`. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../contracts/catalogue.ts';
import { folderWith } from '../cli/program.test.setup.ts';
import type { StoredReport } from '../report/json.ts';

const specimen = path.join(packageRoot(), 'runner/specimens/watchful');
const program = path.join(packageRoot(), 'dist/runner/specimens/watchful/main.js');
const scenario = readFileSync(path.join(specimen, 'warns-on-day-twelve.yaml'), 'utf8');

const config = (clock: string, env = '') => `sut:
  command: "'${process.execPath}' '${program}'"
  port: auto
  webhook: http://127.0.0.1:{port}/webhook
  env: { ${env} }
profiles: [receiver, automation]
${clock}
`;

async function play(text: string) {
  const folder = folderWith({ 'coex.config.yaml': text, 'warns.yaml': scenario });
  const { out, err, exitCode } = await folder.coex(['run', 'warns.yaml', '--format', 'json']);
  const report = out === '' ? undefined : (JSON.parse(out) as StoredReport);
  return { exitCode, err, finding: report?.findings[0], verdict: report?.scenarios[0]?.verdict };
}

describe('under libfaketime', () => {
  beforeAll(() => {
    if (!isInstalled()) install();
  }, 300_000);

  test('a system that warns in time', async ({ skip }) => {
    if (!isInstalled()) skip('libfaketime is not installed, and cannot be installed here.');
    const { verdict, exitCode, finding } = await play(config('clock: faketime'));
    expect({ verdict, finding }).toEqual({ verdict: 'pass', finding: undefined });
    expect(exitCode).toBe(0);
  });

  test.each([
    ['too early', 'WATCHFUL_DAYS: 10', 'expect.noCall'],
    ['too late', 'WATCHFUL_DAYS: 13', 'expect.call'],
  ])('one that warns %s', async (_what, env, step) => {
    if (!isInstalled()) return;
    const { verdict, finding } = await play(config('clock: faketime', env));
    expect(verdict).toBe('fail');
    expect(finding?.step).toBe(step);
  });

  test('its own config, as it is shipped', async () => {
    if (!isInstalled()) return;
    const { exitCode } = await folderWith({}).coex(['run', '-c', path.join(specimen, 'coex.config.yaml')]);
    expect(exitCode).toBe(0);
  });
});

test('by a hook of its own', async () => {
  const text = config('clock: { http: "http://127.0.0.1:{port}/clock" }', 'HOOK: 1');
  expect(await play(text)).toMatchObject({ verdict: 'pass', exitCode: 0 });
});

test('by a command, which is told the instant, and at the end that it is over', async () => {
  const folder = folderWith({
    'coex.config.yaml': config('clock: { command: "echo \\"[$COEX_NOW]\\" >> told" }'),
    'warns.yaml': scenario,
  });
  await folder.coex(['run', 'warns.yaml']);
  const told = folder.read('told').trim().split('\n');
  const days =
    (Date.parse(told.at(-2)?.slice(1, -1) ?? '') - Date.parse(told[0]?.slice(1, -1) ?? '')) / 86_400_000;
  expect(Math.floor(days)).toBe(12);
  expect(told.at(-1)).toBe('[]');
});

test('without a clock nothing is told of the system, and the reason is', async () => {
  const { verdict, finding, exitCode } = await play(config(''));
  expect(verdict).toBe('not-observed');
  expect(finding?.happened).toContain('“clock” is not configured');
  expect(exitCode).toBe(0);
});

test.each([
  [
    'clock: { http: "http://127.0.0.1:3/clock" }',
    /:7:8: The clock of the system under test could not be set: .*ECONNREFUSED/,
  ],
  ['clock: { command: "exit 3" }', /could not be set: the command ended with 3/],
  ['clock: fastime', /“clock”/],
])('%s is told', async (clock, message) => {
  const { err, exitCode } = await play(config(clock));
  expect(err).toMatch(message);
  expect(exitCode).toBe(2);
});

test('a process that is not ours cannot be started under anything', async () => {
  const text = 'sut: { webhook: "http://127.0.0.1:3/", reach: redirect }\nclock: faketime\n';
  const { err } = await play(text);
  expect(err).toMatch(/2:8: “clock” works on a process that coex starts[\s\S]*1:47: “sut\.reach” works/);
});

function isInstalled(): boolean {
  return readdirSync('/usr/lib')
    .filter((name) => name.endsWith('-linux-gnu'))
    .some((name) => existsSync(`/usr/lib/${name}/faketime/libfaketimeMT.so.1`));
}

/** Debian's package, where that is what there is. */
function install(): void {
  try {
    execFileSync('apt-get', ['update'], { stdio: 'ignore' });
    execFileSync('apt-get', ['install', '-y', 'faketime'], { stdio: 'ignore' });
  } catch {
    // Then the tests that need it say so.
  }
}
