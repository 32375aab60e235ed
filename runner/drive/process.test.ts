import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findFreePort } from './free-port.ts';
import { startProcess } from './process.ts';
import { isReadyWithin, readySign } from './ready.ts';

const fixture = path.join(import.meta.dirname, 'fixtures', 'sut.mjs');
const never = new AbortController().signal;

/** Starts the fixture; tells the pids of all it started. */
async function start(conduct: string) {
  const pidFile = path.join(mkdtempSync(path.join(tmpdir(), 'coex-')), 'pids');
  const port = await findFreePort();
  const sut = startProcess({
    command: `'${process.execPath}' '${fixture}'`,
    cwd: tmpdir(),
    env: { ...process.env, PORT: String(port), CONDUCT: conduct, PID_FILE: pidFile },
  });
  const pids = () => readFileSync(pidFile, 'utf8').trim().split('\n').map(Number);
  const url = `http://127.0.0.1:${port}/health`;
  return { sut, pids, isReady: () => isReadyWithin({ url }, 10_000, never) };
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A zombie waits for a parent that may never look; it runs no more.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

test('starts, keeps its output, and is ended with its children', async () => {
  const { sut, pids, isReady } = await start('good');
  expect(await isReady()).toBe(true);
  expect(sut.lastLines(5)).toContain('conduct: good');
  const started = pids();
  expect(started).toHaveLength(2);
  expect(started.every(isRunning)).toBe(true);
  await sut.stop();
  expect(started.filter(isRunning)).toEqual([]);
});

test('one that ignores SIGTERM is killed', async () => {
  const { sut, pids, isReady } = await start('ignores-term');
  expect(await isReady()).toBe(true);
  const started = pids();
  await sut.stop();
  expect(started.filter(isRunning)).toEqual([]);
});

test('a death is noticed, with exit code and last words', async () => {
  const { sut, pids } = await start('dies-at-once');
  expect(await sut.exited).toEqual({ code: 3, signal: null });
  expect(sut.lastLines(1)).toBe('cannot find the database');
  await sut.stop();
  // Its child outlived it, and went with the group.
  expect(pids().filter(isRunning)).toEqual([]);
});

test('output is bounded', async () => {
  const sut = startProcess({
    command: `'${process.execPath}' -e 'process.stdout.write("x".repeat(1e6) + "end")'`,
    cwd: tmpdir(),
    env: process.env,
  });
  await sut.exited;
  await sut.stop();
  const kept = sut.lastLines(1);
  expect(kept.length).toBeLessThanOrEqual(65_536);
});

test.each([
  ['http://127.0.0.1:3000/webhook', undefined, { host: '127.0.0.1', port: 3000 }],
  ['https://bot.test/webhook', undefined, { host: 'bot.test', port: 443 }],
  ['http://[::1]:80/w', undefined, { host: '::1', port: 80 }],
  ['http://127.0.0.1:3000/webhook', 'http://x/health', { url: 'http://x/health' }],
])('%s is ready when %s', (webhook, ready, sign) => {
  expect(readySign(ready, webhook)).toEqual(sign);
});
