/**
 * A Chromium to drive: Playwright's own, else the system's, else one is installed (Playwright's download, or Debian's
 * package where that is what there is), else whoever asked is told so.
 */
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const run = promisify(execFile);

/** Names of browsers that Playwright's Chromium driver can use. */
const systemNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Longest that an installation may take. */
const installMs = 8 * 60_000;

/** One process installs, the others wait: by this folder, which only one of them can make. */
const lock = path.join(tmpdir(), 'coex-installs-a-browser');

export interface FoundBrowser {
  readonly executablePath: string;
  /** What it has to be started with here. */
  readonly args: readonly string[];
}

/** @throws Error with what was tried, and what to do, where there is none and none can be installed */
export async function findBrowser(): Promise<FoundBrowser> {
  const found = ownBrowser() ?? systemBrowser() ?? (await installOnce());
  // As root, as in most containers, Chromium refuses to run with its sandbox.
  return { executablePath: found, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] };
}

function ownBrowser(): string | undefined {
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

function systemBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return systemNames
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => isExecutable(file));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

async function installOnce(): Promise<string> {
  const endMs = Date.now() + installMs;
  while (!takeLock(endMs)) {
    await wait(500);
    const found = ownBrowser() ?? systemBrowser();
    if (found !== undefined && !existsSync(lock)) return found;
  }
  try {
    return ownBrowser() ?? systemBrowser() ?? (await install());
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** A lock that is older than any installation takes was left behind by a process that was killed. */
function takeLock(endMs: number): boolean {
  try {
    if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > installMs)
      rmSync(lock, { recursive: true, force: true });
    mkdirSync(lock);
    return true;
  } catch {
    if (Date.now() > endMs)
      throw new Error(`Another process has been installing a browser for too long: ${lock}`);
    return false;
  }
}

async function install(): Promise<string> {
  const ways = [
    { name: 'Playwright’s download', run: download },
    { name: 'Debian’s package', run: installPackage },
  ];
  const tried: string[] = [];
  for (const way of ways) {
    try {
      await way.run();
      const found = ownBrowser() ?? systemBrowser();
      if (found !== undefined) return found;
      tried.push(`${way.name}: it ended well, but no browser is there.`);
    } catch (error) {
      const { stderr, message } = error as { readonly stderr?: string; readonly message?: string };
      tried.push(`${way.name}: ${(stderr ?? message ?? String(error)).trim().slice(-300)}`);
    }
  }
  throw new Error(
    `There is no Chromium, and none could be installed. Install one that is called ${systemNames.join(', ')}.\n${tried.join('\n')}`,
  );
}

async function download(): Promise<void> {
  const cli = path.join(
    path.dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
    'cli.js',
  );
  // Where there is no way out, the download is not waited for as long as it would take where there is one.
  await run(process.execPath, [cli, 'install', '--no-shell', 'chromium'], {
    timeout: installMs / 2,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  });
}

async function installPackage(): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('only root may install packages');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update'], { timeout: installMs / 4, env });
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
    timeout: installMs / 2,
    env,
  });
}
