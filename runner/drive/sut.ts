/** The system under test over a whole run: started, waited for, started again after a death, ended. */
import { setMaxListeners } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { showDuration } from '../plan/duration.ts';
import type { Config } from '../plan/config.ts';
import { Mistake } from '../plan/mistake.ts';
import { fill, type Values } from '../plan/placeholders.ts';
import { startProcess, type Exit, type SutProcess } from './process.ts';
import { isReadyWithin, readySign } from './ready.ts';
import { ScenarioEnd } from './scenario-end.ts';
import { sutEnvironment } from './surroundings.ts';

export interface Sut {
  /** Starts it where it is not running; resolves when it is ready. Throws a {@link Mistake} where it does not come up. */
  ensureUp(): Promise<void>;
  /** Aborts, with a {@link ScenarioEnd}, when the process that runs now dies without our doing. */
  readonly death: AbortSignal;
  /** Ends it for good; it is not started again. */
  close(): Promise<void>;
  /** Ends it and starts it afresh. */
  restart(): Promise<void>;
  /** Whether we start it ourselves. */
  readonly isOurs: boolean;
}

export interface SutOptions {
  /** With its absolute folder. */
  readonly config: Config & { readonly folder: string };
  readonly values: Values;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How its command is run; missing: as it stands. */
  readonly wrap?: (command: string) => string;
  /** Goes before everything else in its environment. */
  readonly extraEnvironment?: Readonly<Record<string, string>>;
  readonly onOutput?: (text: string) => void;
}

/** Lines of output shown where it did not come up, or died. */
const shownLines = 20;

export function createSut(options: SutOptions): Sut {
  const { config, values } = options;
  const { command } = config.sut;
  const ready = config.sut.ready === undefined ? undefined : fill(config.sut.ready, values);
  const sign = readySign(ready, fill(config.sut.webhook, values));
  let running: { readonly process: SutProcess; readonly controller: AbortController } | undefined;
  const neverDies = new AbortController().signal;
  setMaxListeners(0, neverDies);
  let seenUp = false;
  let closed = false;

  const startUp = async (sutCommand: string): Promise<void> => {
    const controller = new AbortController();
    // Every scenario that is being played listens for the death.
    setMaxListeners(0, controller.signal);
    const sut = startProcess({
      command: sutCommand,
      cwd: workingFolder(options),
      env: { ...sutEnvironment(values, config.sut, options.environment), ...options.extraEnvironment },
      ...(options.onOutput && { onOutput: options.onOutput }),
    });
    running = { process: sut, controller };
    void sut.exited.then((exit) => {
      // An end that we brought about ourselves is no death.
      if (running?.process === sut) controller.abort(new ScenarioEnd(deathOf(exit, sut)));
    });
    if (await isReadyWithin(sign, config.limits.readyMs, controller.signal)) return;
    const { exit } = sut;
    await stop();
    throw exit ? diedEarly(config, exit, sut) : neverReady(config, sign, sut);
  };

  const stop = async (): Promise<void> => {
    const ending = running;
    running = undefined;
    await ending?.process.stop();
  };

  const ensureUp = async (): Promise<void> => {
    if (command === undefined) {
      if (!seenUp && !(await isReadyWithin(sign, config.limits.readyMs, neverDies)))
        throw unreachable(config, sign);
      seenUp = true;
      return;
    }
    if (running && !running.controller.signal.aborted) return;
    await stop();
    if (closed) throw new Error('The run is over.');
    const filled = fill(command, values);
    await startUp(options.wrap?.(filled) ?? filled);
  };

  return {
    ensureUp,
    get death() {
      return running?.controller.signal ?? neverDies;
    },
    async close() {
      closed = true;
      await stop();
    },
    async restart() {
      await stop();
      await ensureUp();
    },
    isOurs: command !== undefined,
  };
}

function workingFolder({ config }: SutOptions): string {
  const cwd = path.resolve(config.folder, config.sut.cwd);
  if (existsSync(cwd)) return cwd;
  throw new Mistake({
    message: `There is no folder “${config.sut.cwd}”.`,
    place: config.place('sut', 'cwd'),
  });
}

const deathOf = (exit: Exit, sut: SutProcess) =>
  ({
    kind: 'died',
    exitCode: exit.code,
    signal: exit.signal,
    output: sut.lastLines(shownLines),
  }) as const;

const lastWords = (sut: SutProcess): string => {
  const lines = sut.lastLines(shownLines);
  return lines === '' ? 'It wrote nothing.' : `The last it wrote:\n${lines}`;
};

function diedEarly(config: Config, exit: Exit, sut: SutProcess): Mistake {
  const how =
    exit.signal === null ? `ended with exit code ${exit.code ?? 'unknown'}` : `ended of ${exit.signal}`;
  return new Mistake({
    message: `The system under test ${how} before it was ready.`,
    place: config.place('sut', 'command'),
    hint: lastWords(sut),
  });
}

function neverReady(config: Config, sign: ReturnType<typeof readySign>, sut: SutProcess): Mistake {
  return new Mistake({
    message: `The system under test was not ready within ${showDuration(config.limits.readyMs)}.`,
    place: config.place('sut', config.sut.ready === undefined ? 'webhook' : 'ready'),
    hint: `${lookedFor(sign)}\nCheck the port, or give it longer with limits.ready.\n${lastWords(sut)}`,
  });
}

const unreachable = (config: Config, sign: ReturnType<typeof readySign>): Mistake =>
  new Mistake(
    {
      message: `The system under test could not be reached within ${showDuration(config.limits.readyMs)}.`,
      place: config.place('sut', config.sut.ready === undefined ? 'webhook' : 'ready'),
      hint: `${lookedFor(sign)}\nStart it first, or write its start command to sut.command.`,
    },
    3,
  );

const lookedFor = (sign: ReturnType<typeof readySign>): string =>
  'url' in sign
    ? `Looked for an answer below 500 from ${sign.url}.`
    : `Looked for a connection to ${sign.host}:${sign.port}.`;
