/** What a run has beside simulator and system: a browser, the system's clock, a way from Meta's host to ours. */
import type { Browser } from 'playwright-core';
import { createPageReader } from '../browser/page-reader.ts';
import { createSignupPerson, type SignupPerson } from '../browser/signup-page.ts';
import type { SutAddress } from '../observe/scene.ts';
import type { Config } from '../plan/config.ts';
import { Mistake } from '../plan/mistake.ts';
import { fill, type Values } from '../plan/placeholders.ts';
import { createSutClock, type NoClock, type SutClock } from './sut-clock.ts';
import { openWay } from './way.ts';

export interface Equipment {
  /** For the system's process, beside what the config says. */
  readonly environment: Readonly<Record<string, string>>;
  /** How its command is run; missing: as it stands. */
  readonly wrap?: (command: string) => string;
  /** Hosts of Meta that it asked for and that nobody simulates, as far as that was seen. */
  readonly refusedHosts: () => readonly string[];
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

/** @throws Mistake where the config wants what is not installed, or what this machine does not allow */
export async function equip(options: EquipmentOptions): Promise<Equipment> {
  const { config, values, wallNowMs } = options;
  const person = personFor(config, values);
  const reader = Object.values(config.probes).some((probe) => 'browser' in probe)
    ? createPageReader(launchFor(config, ['probes']))
    : undefined;
  const clock =
    config.clock && createSutClock(config.clock, { config, folder: config.folder, values, wallNowMs });
  const way = await openWay(options);
  return {
    environment: { ...(clock && 'environment' in clock && clock.environment), ...way.environment },
    ...(way.wrap && { wrap: way.wrap }),
    refusedHosts: () => way.refusedHosts(),
    ...(person && { person }),
    ...(reader && { readPage: (page, limitMs, signal) => reader.read(page, limitMs, signal) }),
    ...(clock && { clock }),
    async close() {
      await person?.close();
      await reader?.close();
      await way.close();
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
