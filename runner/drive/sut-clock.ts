/**
 * The system's own clock, taken along with a scenario's: by libfaketime, which the process is started under, or by a hook
 * that the system offers.
 *
 * Tried with Node 20: the wall clock of a running process follows the file, and its timers keep going, since the
 * monotonic clock is left alone. https://github.com/wolfcw/libfaketime (FAKETIME_TIMESTAMP_FILE)
 */
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '../observe/command.ts';
import { reasonOf } from '../observe/handshake.ts';
import type { ClockConfig, Config } from '../plan/config.ts';
import { Mistake } from '../plan/mistake.ts';
import { fill, type Values } from '../plan/placeholders.ts';

export interface SutClock {
  /** For the process of the system under test. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sets it to an instant, from which it goes on. @throws Mistake where the hook fails */
  set(nowMs: number): Promise<void>;
  /** Gives it the wall clock again. @throws Mistake where the hook fails */
  release(): Promise<void>;
  close(): void;
  /** It cannot be set back under a running process without harm, so that the process is started afresh. */
  readonly wantsRestart: boolean;
}

/** Why a clock that is configured cannot be had on this machine. */
export interface NoClock {
  readonly lacking: string;
}

export interface ClockOptions {
  readonly config: Config;
  readonly folder: string;
  readonly values: Values;
  readonly wallNowMs: () => number;
}

export function createSutClock(clock: ClockConfig, options: ClockOptions): SutClock | NoClock {
  return clock === 'faketime' ? underFaketime(options) : byHook(clock, options);
}

/** Where Debian, Fedora, Arch and a build by hand put it. */
const libraryFolders = [
  '/usr/lib/faketime',
  '/usr/lib64/faketime',
  '/usr/local/lib/faketime',
  ...(existsSync('/usr/lib')
    ? readdirSync('/usr/lib')
        .filter((name) => name.endsWith('-linux-gnu'))
        .map((name) => `/usr/lib/${name}/faketime`)
    : []),
];

const secondMs = 1_000;

function underFaketime({ wallNowMs }: ClockOptions): SutClock | NoClock {
  const library = libraryFolders
    .map((folder) => path.join(folder, 'libfaketimeMT.so.1'))
    .find((file) => existsSync(file));
  if (library === undefined)
    return {
      lacking:
        'libfaketime is not installed, so the clock of the system under test cannot be taken along (Debian: apt-get install faketime)',
    };
  const folder = mkdtempSync(path.join(tmpdir(), 'coex-clock-'));
  const file = path.join(folder, 'faketime');
  let written: number | undefined;
  const write = (offsetSeconds: number): void => {
    if (offsetSeconds === written) return;
    written = offsetSeconds;
    // Renamed into place: the library must never read half an offset.
    writeFileSync(`${file}.new`, `${offsetSeconds < 0 ? '' : '+'}${offsetSeconds}\n`);
    renameSync(`${file}.new`, file);
  };
  write(0);
  return {
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
    set(nowMs) {
      write(Math.round((nowMs - wallNowMs()) / secondMs));
      return Promise.resolve();
    },
    release() {
      write(0);
      return Promise.resolve();
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
    wantsRestart: true,
  };
}

function byHook(hook: Exclude<ClockConfig, 'faketime'>, options: ClockOptions): SutClock {
  const tell = async (nowMs: number | null): Promise<void> => {
    const now = nowMs === null ? null : new Date(nowMs).toISOString();
    const complaint =
      'http' in hook
        ? await post(fill(hook.http, options.values), now, options)
        : await run(hook.command, now, options);
    if (complaint === undefined) return;
    throw new Mistake({
      message: `The clock of the system under test could not be set: ${complaint}.`,
      place: options.config.place('clock'),
    });
  };
  return {
    environment: {},
    set: tell,
    release: () => tell(null),
    close: () => undefined,
    wantsRestart: false,
  };
}

async function post(url: string, now: string | null, { config }: ClockOptions): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ now }),
      signal: AbortSignal.timeout(config.limits.webhookMs),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `${url} answered ${response.status}`;
  } catch (error) {
    return `${url}: ${reasonOf(error)}`;
  }
}

async function run(
  command: string,
  now: string | null,
  { config, folder, values }: ClockOptions,
): Promise<string | undefined> {
  const result = await runCommand({
    command: fill(command, values),
    folder,
    env: { COEX_NOW: now ?? '' },
    signal: AbortSignal.timeout(config.limits.webhookMs),
    tooSlow: 'it took too long',
  });
  return result.kind === 'failed' ? result.reason : undefined;
}
