/** What a run has beside simulator and system: a browser, the system's clock, a way from Meta's host to ours. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { packageRoot } from '../../contracts/catalogue.ts';
import { createPageReader } from '../browser/page-reader.ts';
import { createSignupPerson, type SignupPerson } from '../browser/signup-page.ts';
import type { SutAddress } from '../observe/scene.ts';
import type { Config } from '../plan/config.ts';
import { Mistake } from '../plan/mistake.ts';
import { fill, type Values } from '../plan/placeholders.ts';
import { createSutClock, type NoClock, type SutClock } from './sut-clock.ts';

export interface Equipment {
  /** For the system's process, beside what the config says. */
  readonly environment: Readonly<Record<string, string>>;
  /** Who goes through Embedded Signup on the system's own page. */
  readonly person?: SignupPerson;
  /** Opens pages for probes. */
  readonly readPage?: SutAddress['readPage'];
  /** Missing: none is configured. */
  readonly clock?: SutClock | NoClock;
  close(): Promise<void>;
}

export interface EquipmentOptions {
  readonly config: Config & { readonly folder: string };
  readonly values: Values;
  /** Our own environment, part of which is gone on with. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly wallNowMs: () => number;
}

/** @throws Mistake where the config wants what is not installed */
export function equip(options: EquipmentOptions): Equipment {
  const { config, values, wallNowMs } = options;
  const person = personFor(config, values);
  const reader = Object.values(config.probes).some((probe) => 'browser' in probe)
    ? createPageReader(launchFor(config, ['probes']))
    : undefined;
  const clock =
    config.clock && createSutClock(config.clock, { config, folder: config.folder, values, wallNowMs });
  return {
    environment: {
      ...(clock && 'environment' in clock && clock.environment),
      ...reachEnvironment(options),
    },
    ...(person && { person }),
    ...(reader && { readPage: (page, limitMs, signal) => reader.read(page, limitMs, signal) }),
    ...(clock && { clock }),
    async close() {
      await person?.close();
      await reader?.close();
      if (clock && 'close' in clock) clock.close();
    },
  };
}

function personFor(config: Config, values: Values): SignupPerson | undefined {
  const { signup } = config.sut;
  if (typeof signup !== 'object') return undefined;
  const page = { page: fill(signup.page, values), button: signup.button };
  return createSignupPerson(page, launchFor(config, ['sut', 'signup']));
}

/** The package is an optional one: who needs no browser need not have it. */
function launchFor(config: Config, place: readonly string[]): () => Promise<Browser> {
  try {
    import.meta.resolve('playwright-core');
  } catch {
    throw new Mistake({
      message: 'This takes a browser, and the package playwright-core is not installed.',
      place: config.place(...place),
      hint: 'npm install --save-dev playwright-core',
    });
  }
  return async () => (await import('../browser/launch.ts')).launchBrowser();
}

/** Written out: a preload is loaded by another process, which has no sources of ours. */
const redirectFile = (): string => path.join(packageRoot(), 'dist', 'runner', 'drive', 'redirect.js');

function reachEnvironment({ config, environment }: EquipmentOptions): Readonly<Record<string, string>> {
  if (config.sut.reach !== 'redirect') return {};
  const before = config.sut.env['NODE_OPTIONS'] ?? environment['NODE_OPTIONS'];
  const preload = `--import ${pathToFileURL(redirectFile()).href}`;
  return { NODE_OPTIONS: before === undefined || before === '' ? preload : `${before} ${preload}` };
}
