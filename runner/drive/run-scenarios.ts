/** A whole run: simulator up, system under test up, scenarios played, everything down again. */
import { setMaxListeners } from 'node:events';
import { startOf } from '../../scenarios/language/anchoring.ts';
import type { Scenario } from '../../scenarios/language/scenario.ts';
import { createSimulator, type LogRecord, type Simulator } from '../../simulator/index.ts';
import type { ScenarioFacts } from '../judge/facts.ts';
import type { SutAddress } from '../observe/scene.ts';
import type { Config } from '../plan/config.ts';
import { fill, type Values } from '../plan/placeholders.ts';
import { equip, type Equipment } from './equipment.ts';
import { findFreePort, takePort } from './free-port.ts';
import { createLeakWatch, type LeakWatch } from './leaks.ts';
import { playScenario } from './play.ts';
import { orEnd } from './scenario-end.ts';
import { portMistake } from '../plan/port-mistake.ts';
import { forget } from './reset.ts';
import { runAll, type RunOutcome } from './run.ts';
import { createSut, type Sut } from './sut.ts';
import { placeholderValues, type FixedNumber } from './surroundings.ts';

export interface RunOptions {
  /** With its absolute folder. */
  readonly config: Config & { readonly folder: string };
  readonly scenarios: readonly Scenario[];
  readonly seed: string;
  readonly jobs: number;
  readonly anchorMs?: number;
  readonly selfCheck: boolean;
  /** Passed on to the system under test. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly nowMs: () => number;
  readonly onStarted?: (scenario: Scenario) => void;
  readonly onFinished?: (facts: ScenarioFacts) => void;
  /** Output of the system under test, as it comes. */
  readonly onOutput?: (text: string) => void;
  readonly onLog?: (line: LogLine) => void;
  /** See {@link PlayOptions.tape}. */
  readonly tape?: boolean;
  /** Ends the run early: what was played by then is its result. */
  readonly stop?: AbortSignal;
  /** See {@link RunPlan}. */
  readonly again?: (facts: ScenarioFacts, attempt: number) => boolean;
  readonly enough?: () => boolean;
}

/** Thrown through what is under way in a run that was told to stop. */
class Stopped extends Error {
  constructor() {
    super('The run was stopped.');
    this.name = 'Stopped';
  }
}

/** A record of a world's log, and whose it is. */
export interface LogLine extends LogRecord {
  readonly scenario: string;
}

export interface RunResult {
  /** Those that were played to their end, in the order of the plan. */
  readonly scenarios: readonly ScenarioFacts[];
  readonly notices: readonly string[];
  /** It was told to stop before it was through. */
  readonly stopped: boolean;
  readonly tookMs: number;
  /** What must never be shown. */
  readonly secrets: readonly string[];
}

/** Name of the only world of a system that knows one number: the same name each time gives the same ids. */
const onlyWorld = 'the-number';

/** @throws Mistake on a port in use or a system that does not come up; anything else is a bug */
export async function runScenarios(given: RunOptions): Promise<RunResult> {
  const finished: ScenarioFacts[] = [];
  const onFinished = (facts: ScenarioFacts): void => {
    finished.push(facts);
    given.onFinished?.(facts);
  };
  const options = { ...given, onFinished };
  const startedMs = performance.now();
  const { sut: sutConfig } = options.config;
  const port = await portOf(options.config);
  const end = createEarlyEnd(options.stop);
  const simulator = await openSimulator(options, port, end.now);
  try {
    const number =
      sutConfig.numbers === 'one' ? await foreseeNumber(simulator, options.scenarios) : undefined;
    const values = placeholderValues(simulator, port, number);
    const { app } = simulator;
    const leaks = createLeakWatch({ 'the app secret': app.secret, 'the access token': app.token });
    const onOutput = (text: string): void => {
      leaks.hear(text);
      options.onOutput?.(text);
    };
    const { environment, nowMs: wallNowMs } = options;
    const equipment = await equip({ config: options.config, values, environment, wallNowMs });
    const { wrap } = equipment;
    const extraEnvironment = equipment.environment;
    const sut = createSut({ ...options, values, onOutput, extraEnvironment, ...(wrap && { wrap }) });
    try {
      const playing = playAll({ ...options, leaks, equipment }, simulator, sut, values, number, end.signal);
      // The first webhook takes it: loaded while the system starts, when there is nothing else to do.
      void import('undici');
      const outcome = await orEnd(playing, end.signal).catch((error: unknown) => {
        if (!(error instanceof Stopped)) throw error;
        return { scenarios: inOrder(finished, options.scenarios), notices: [] };
      });
      const stopped = options.stop?.aborted === true;
      const refused = equipment.refusedHosts().map(refusedNotice);
      const { secret, token, verifyToken } = app;
      const tookMs = Math.round(performance.now() - startedMs);
      return {
        ...outcome,
        notices: [...outcome.notices, ...refused],
        stopped,
        tookMs,
        secrets: [secret, token, verifyToken],
      };
    } finally {
      // Whatever is still being played has nobody left to play against.
      end.now(new Stopped());
      await sut.close();
      await equipment.close();
    }
  } finally {
    await simulator.close();
  }
}

/** It would have reached the real Meta: whoever runs it should know. */
const refusedNotice = (host: string): string =>
  `The system under test asked ${host}, which belongs to Meta and is not simulated; nothing was sent there.`;

const inOrder = (facts: readonly ScenarioFacts[], scenarios: readonly Scenario[]): readonly ScenarioFacts[] =>
  scenarios.flatMap(({ id }) => facts.find((one) => one.id === id) ?? []);

/** Whoever holds the port of a system that we start would be taken for it. */
async function portOf({ sut: { port, command }, place }: Config): Promise<number | undefined> {
  if (port === 'auto') return findFreePort();
  if (port === undefined || command === undefined) return port;
  try {
    return await takePort(port);
  } catch (error) {
    throw portMistake(error, port, place('sut', 'port'), 'auto') ?? error;
  }
}

interface EarlyEnd {
  readonly now: (reason: unknown) => void;
  readonly signal: AbortSignal;
}

/** Ends a run when it is told to, or when the simulator notices a fault of its own in the background. */
function createEarlyEnd(stop: AbortSignal | undefined): EarlyEnd {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  const now = (reason: unknown): void => controller.abort(reason);
  if (stop?.aborted === true) now(new Stopped());
  stop?.addEventListener('abort', () => now(new Stopped()), { once: true });
  return { now, signal: controller.signal };
}

async function openSimulator(
  { config, seed }: RunOptions,
  port: number | undefined,
  onBug: (error: unknown) => void,
): Promise<Simulator> {
  const { webhook, appSecret, verifyToken } = config.sut;
  const callbackUrl = fill(webhook, { port: String(port ?? '') });
  try {
    return await createSimulator({
      port: config.graphPort,
      seed,
      pace: 'stepped',
      webhookTimeLimitMs: config.limits.webhookMs,
      // Who is led here from Meta's host is led here from the host of its files, too.
      ...(['proxy', 'hosts'].includes(config.sut.reach) && { behaviour: { mediaHost: 'lookaside' } }),
      // The host is named in the user's own config.
      allowHosts: [new URL(callbackUrl).hostname],
      app: {
        callbackUrl,
        ...(appSecret !== undefined && { secret: appSecret }),
        ...(verifyToken !== undefined && { verifyToken }),
      },
      // A signup in a browser needs the pop-up; nothing else of the control API is wanted here.
      ...(typeof config.sut.signup === 'object' && {
        attach: (await import('../../simulator/control/index.ts')).control({ obligations: () => [] }),
      }),
      onBug,
    });
  } catch (error) {
    throw portMistake(error, config.graphPort, config.place('graph', 'port')) ?? error;
  }
}

/** The ids that the only number will have: a world of the same name, opened and closed again. */
async function foreseeNumber(
  simulator: Simulator,
  [first]: readonly Scenario[],
): Promise<FixedNumber | undefined> {
  if (!first) return undefined;
  const world = simulator.openWorld({ name: onlyWorld });
  const { phoneNumberId, wabaId } = world.stage(first);
  await world.close();
  return { phoneNumberId, wabaId };
}

async function playAll(
  options: RunOptions & { readonly leaks: LeakWatch; readonly equipment: Equipment },
  simulator: Simulator,
  sut: Sut,
  values: Values,
  number: FixedNumber | undefined,
  end: AbortSignal,
): Promise<RunOutcome> {
  const { config, scenarios, onStarted, onFinished, equipment } = options;
  const { readPage, clock } = equipment;
  const address: SutAddress = {
    webhook: fill(config.sut.webhook, values),
    verifyToken: simulator.app.verifyToken,
    webhookLimitMs: config.limits.webhookMs,
    probes: config.probes,
    probeMs: config.limits.probeMs,
    ...(readPage && { readPage }),
    ...(sut.isOurs && { leak: options.leaks.found }),
    folder: config.folder,
    values,
  };
  const { signup } = config.sut;
  const taken = typeof signup === 'string' ? fill(signup, values) : equipment.person;
  const isOne = config.sut.numbers === 'one';
  let isFirst = true;
  let lastExchangeMs = -Infinity;
  const outcomes: RunOutcome[] = [];
  for (const { group, isClocked } of groupsOf(scenarios, clock))
    outcomes.push(
      await runAll({
        scenarios: group,
        sut,
        jobs: isOne || isClocked ? 1 : options.jobs,
        play: playOne,
        lastExchangeMs: () => lastExchangeMs,
        prepare: async (scenario) => {
          if (isClocked && clock && 'set' in clock) {
            await clock.set(startOf(scenario, options.nowMs()));
            if (clock.wantsRestart && sut.isOurs) await sut.restart();
          }
          if (isOne && !isFirst) await forget(config, sut, values);
          isFirst = false;
        },
        ...(options.again && { again: options.again }),
        ...(options.enough && { enough: options.enough }),
        ...(onStarted && { onStarted }),
        ...(onFinished && { onFinished }),
      }),
    );
  return {
    scenarios: inOrder(
      outcomes.flatMap((outcome) => outcome.scenarios),
      scenarios,
    ),
    notices: outcomes.flatMap(({ notices }) => notices),
  };

  function playOne(scenario: Scenario, death: AbortSignal, attempt: number): Promise<ScenarioFacts> {
    const { onLog, anchorMs } = options;
    return playScenario(scenario, {
      simulator,
      sut: address,
      limitMs: config.limits.scenarioMs,
      selfCheck: options.selfCheck,
      death: AbortSignal.any([death, end]),
      wallNowMs: options.nowMs(),
      onExchange: () => (lastExchangeMs = performance.now()),
      ...(clock && { clock }),
      ...(options.tape === true && { tape: true }),
      ...(taken !== undefined && { signup: taken }),
      // To the system a second try is another number with other customers: it has seen the first.
      ...(attempt > 1 && { worldName: `${scenario.id} (try ${attempt})` }),
      ...(number && { worldName: onlyWorld, fixedNumber: number }),
      ...(anchorMs !== undefined && { anchorMs }),
      ...(onLog && { onLog: (record: LogRecord) => onLog({ scenario: scenario.id, ...record }) }),
    });
  }
}

interface Group {
  readonly group: readonly Scenario[];
  readonly isClocked: boolean;
}

/** A system has one clock: who moves it plays alone, after all the others. */
function groupsOf(scenarios: readonly Scenario[], clock: Equipment['clock']): readonly Group[] {
  const movesClock = ({ needs = [] }: Scenario): boolean =>
    needs.includes('clock') && clock !== undefined && 'set' in clock;
  const groups = [
    { group: scenarios.filter((one) => !movesClock(one)), isClocked: false },
    { group: scenarios.filter(movesClock), isClocked: true },
  ];
  return groups.filter(({ group }) => group.length > 0);
}
