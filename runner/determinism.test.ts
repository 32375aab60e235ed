/** The same seed, the same scenario and the same answers of the system: the same log, byte for byte. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../contracts/catalogue.ts';

const root = packageRoot();
const folder = mkdtempSync(path.join(tmpdir(), 'coex-seed-'));
const config = path.join(folder, 'coex.config.yaml');
// Near the wall clock, so that a system with a clock of its own finds the messages fresh; the same for every run.
const anchor = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();

// Waits for everything the system does before it goes on: a bot that thinks for a while would otherwise answer now
// before and now after the next step, and the log would rightly say so.
const scenario = `
scenario: From signup to the end of the link
obligations: [sync-is-requested-once]
number: app-only
customers: { ana: { country: BR, name: Ana Lopez } }
history: { messages: 2000, threads: 12, days: 180, mediaPerMille: 20 }
contacts: [{ name: Ana, of: ana }, { name: Carla }]
steps:
  - signup.completes: { history: shared }
  - expect.call: { edge: smb-app-data, body: { sync_type: smb_app_state_sync }, within: 10s }
  - expect.call: { edge: smb-app-data, body: { sync_type: history }, within: 10s }
  - time.passes: 5m
  - customer.sends: { from: ana, text: Quero comprar }
  - expect.call: { edge: messages, to: ana, within: 10s }
  - time.passes: 1m
  - app.sends: { to: ana, text: 'Oi Ana, aqui é a Lu' }
  - expect.noCall: { edge: messages, for: 1s }
  - time.passes: 14d
`;
const file = path.join(folder, 'from-signup.yaml');

/** The receiver's address is in the log, so every run must have the same port. */
beforeAll(async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const own = readFileSync(path.join(root, 'runner/specimens/conforming/coex.config.yaml'), 'utf8');
  writeFileSync(file, scenario);
  writeFileSync(config, own.replace('cwd: ../../..', `cwd: ${root}`).replace('port: auto', `port: ${port}`));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function logOf(seed: string, name: string): Promise<string> {
  const log = path.join(folder, `${name}.log`);
  const args = ['dist/runner/cli/main.js', 'run', file, '--config', config];
  args.push('--seed', seed, '--anchor', anchor, '--log', log);
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0);
  return readFileSync(log, 'utf8');
}

it('writes the same log twice with one seed, and another with another', { timeout: 120_000 }, async () => {
  const first = await logOf('one', 'first');
  expect(await logOf('one', 'second')).toBe(first);
  expect(await logOf('two', 'third')).not.toBe(first);
  expect(first.split('\n').length).toBeGreaterThan(100);
});
