/** The package as strangers get it: packed, installed into an empty folder, and used there. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../contracts/catalogue.ts';

const root = packageRoot();
const megabyte = 1_000_000;
let folder: string;
let tarball: string;

beforeAll(() => {
  const scratch = mkdtempSync(path.join(tmpdir(), 'coex-package-'));
  // What is packed was built before the tests; building it again would take it away under the other ones.
  execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', scratch], {
    cwd: root,
    stdio: 'pipe',
  });
  tarball = path.join(scratch, readdirSync(scratch)[0] ?? '');
  folder = path.join(scratch, 'empty');
  mkdirSync(folder);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], {
    cwd: folder,
    stdio: 'pipe',
  });
}, 300_000);

/** A command of the package, as a person types it. */
const npx = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'coex', ...args], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: withoutForge,
  });
  return { status, said: stdout + stderr };
};

// As on any forge but GitHub, whose annotations have tests of their own: no terminal, and so no colours.
const { GITHUB_ACTIONS: _actions, GITHUB_STEP_SUMMARY: _page, FORCE_COLOR: _color, ...around } = process.env;
const withoutForge = { ...around, CI: 'true' };

test('the installed tree is small, and heavy things are left to who wants them', () => {
  const files = readdirSync(path.join(folder, 'node_modules'), { recursive: true, withFileTypes: true });
  const bytes = files
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(path.join(parentPath, name)).size, 0);
  expect(bytes).toBeLessThan(30 * megabyte);
  const installed = readdirSync(path.join(folder, 'node_modules'));
  expect(installed).not.toContain('playwright-core');
  expect(installed).not.toContain('vitest');
  expect(readdirSync(path.join(folder, 'node_modules/coex'))).not.toContain('node_modules');
});

test('init, run, certify and verify in an empty folder', () => {
  expect(npx('init')).toMatchObject({ status: 0, said: expect.stringContaining('✓ handshake') as string });
  expect(npx('run')).toMatchObject({
    status: 0,
    said: expect.stringContaining('2 obligations: 2 kept') as string,
  });
  expect(npx('keygen').status).toBe(0);
  const certified = npx(
    'certify',
    '--key',
    'coex-certifier.key.pem',
    '--system',
    'Bot',
    '--profile',
    'receiver',
  );
  expect(certified.said).toContain('Certified: Bot keeps what 2026-11 demands of receiver.');
  const verified = npx('verify', 'coex-certificate', '--key', 'coex-certifier.pub.pem');
  expect(verified).toMatchObject({ status: 0, said: expect.stringContaining('whom you trust') as string });
}, 300_000);

test('what takes a package that is not there says which', () => {
  const config = 'sut: { webhook: "http://127.0.0.1:3/", signup: { page: "http://127.0.0.1:3/" } }\n';
  writeFileSync(path.join(folder, 'browser.yaml'), config);
  const { status, said } = npx('run', '-c', 'browser.yaml', 'onboarding');
  expect(said).toMatch(
    /browser\.yaml:1:\d+: This takes a browser[\s\S]*npm install --save-dev playwright-core/,
  );
  expect(status).toBe(2);
});

test('it is imported as its types say, by Node and by TypeScript', () => {
  writeFileSync(
    path.join(folder, 'use.mjs'),
    `import { createSimulator, runScenario } from 'coex';
     const simulator = await createSimulator();
     console.log(simulator.url.startsWith('http://127.0.0.1:'), typeof runScenario);
     await simulator.close();`,
  );
  expect(
    execFileSync(process.execPath, ['use.mjs'], { cwd: folder, encoding: 'utf8', env: withoutForge }),
  ).toBe('true function\n');
  writeFileSync(
    path.join(folder, 'use.mts'),
    `import { createSimulator, type Report } from 'coex';
     export const simulator = await createSimulator({ seed: 'a' });
     export const verdict = (report: Report): 0 | 1 | 2 | 3 | 70 => report.exitCode;
     // @ts-expect-error a seed is a text
     await createSimulator({ seed: 1 });`,
  );
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const args = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--types',
    'node',
    'use.mts',
  ];
  mkdirSync(path.join(folder, 'node_modules/@types'), { recursive: true });
  symlinkSync(path.join(root, 'node_modules/@types/node'), path.join(folder, 'node_modules/@types/node'));
  const { stdout, status } = spawnSync(process.execPath, [tsc, ...args], { cwd: folder, encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
}, 60_000);

test.each([
  ['publint', ['--strict', '.']],
  ['attw', ['TARBALL', '--profile', 'esm-only']],
])(
  '%s has nothing to say',
  (tool, args) => {
    const bin = path.join(root, 'node_modules/.bin', tool);
    const given = args.map((arg) => (arg === 'TARBALL' ? tarball : arg));
    // publint packs by itself, and would build anew; what is installed is what was packed.
    const cwd = tool === 'publint' ? path.join(folder, 'node_modules/coex') : root;
    const { stdout, status } = spawnSync(bin, tool === 'publint' ? ['--strict', '--pack', 'false'] : given, {
      cwd,
      encoding: 'utf8',
    });
    expect({ status, stdout }).toMatchObject({ status: 0 });
  },
  60_000,
);

describe('the action for GitHub', () => {
  interface Step {
    readonly name: string;
    readonly run: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly 'working-directory': string;
  }
  interface Action {
    readonly inputs: Readonly<Record<string, { readonly default: string; readonly description: string }>>;
    readonly outputs: Readonly<Record<string, { readonly value: string }>>;
    readonly runs: { readonly using: string; readonly steps: readonly Step[] };
  }
  const action = parse(readFileSync(path.join(root, 'action.yml'), 'utf8')) as Action;

  /** Runs the steps as a runner does: inputs are filled in, nothing else is. */
  function runSteps(inputs: Readonly<Record<string, string>>) {
    const output = path.join(folder, 'output');
    const page = path.join(folder, 'page.md');
    for (const file of [output, page]) writeFileSync(file, '');
    const filled = (text: string): string =>
      text.replace(
        /\$\{\{ inputs\.([\w-]+) \}\}/g,
        (_all, name: string) => inputs[name] ?? action.inputs[name]?.default ?? 'NO SUCH INPUT',
      );
    let said = '';
    for (const step of action.runs.steps) {
      const env = Object.fromEntries(
        Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)]),
      );
      const { status, stdout, stderr } = spawnSync(
        'bash',
        ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run],
        {
          cwd: path.resolve(folder, filled(step['working-directory'])),
          encoding: 'utf8',
          env: {
            ...withoutForge,
            ...env,
            GITHUB_ACTIONS: 'true',
            GITHUB_STEP_SUMMARY: page,
            GITHUB_OUTPUT: output,
          },
        },
      );
      said += stdout + stderr;
      if (status !== 0)
        return { status, said, output: readFileSync(output, 'utf8'), page: readFileSync(page, 'utf8') };
    }
    return { status: 0, said, output: readFileSync(output, 'utf8'), page: readFileSync(page, 'utf8') };
  }

  test('plays what the project says, and leaves reports and outputs', () => {
    const { status, output, page } = runSteps({});
    expect(status).toBe(0);
    expect(output).toBe('exit-code=0\nreport=coex-report/coex.html\n');
    expect(page).toMatch(/^## coex: kept/);
    expect(readdirSync(path.join(folder, 'coex-report')).sort()).toEqual([
      'coex.html',
      'coex.json',
      'coex.xml',
    ]);
  }, 120_000);

  test('is red where an obligation is broken, with annotations', () => {
    const { status, said, output } = runSteps({
      scenarios: 'echoes/a-photo-from-the-phone-silences-the-bot',
      args: '--jobs 2',
    });
    expect(status).toBe(1);
    expect(said).toMatch(/::error file=\S+,line=\d+/);
    expect(output).toContain('exit-code=1\n');
  }, 120_000);

  test('says in each input and output what it is, and uses no input inside a script', () => {
    expect(action.runs.using).toBe('composite');
    for (const { description } of Object.values(action.inputs)) expect(description).toMatch(/\.$/);
    for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
    expect(Object.keys(action.outputs)).toEqual(['exit-code', 'report']);
  });
});

test('the examples run against the package', () => {
  cpSync(path.join(root, 'runner/examples'), path.join(folder, 'runner/examples'), { recursive: true });
  for (const name of ['vitest', 'vite', '@vitest'])
    symlinkSync(path.join(root, 'node_modules', name), path.join(folder, 'node_modules', name));
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--root', folder, 'runner/examples'],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...withoutForge, VITEST: undefined, NO_COLOR: '1' },
      timeout: 100_000,
    },
  );
  expect({ status, said: stdout + stderr }).toMatchObject({
    status: 0,
    said: expect.stringMatching(/Tests {2}8 passed/) as string,
  });
}, 120_000);
