/** Plays one scenario against the running system: stages a world, takes the steps, observes. */
import { setMaxListeners } from 'node:events';
import { startOf } from '../../scenarios/language/anchoring.ts';
import {
  isExpectation,
  type ActingStep,
  type Scenario,
  type Step,
} from '../../scenarios/language/scenario.ts';
import type { Cast, Exchange, LogRecord, Simulator, StepResult, WorldHandle } from '../../simulator/index.ts';
import type { SignupPerson } from '../browser/signup-page.ts';
import type { Ending, Fact, OwnFault, ScenarioFacts } from '../judge/facts.ts';
import { observe } from '../observe/expect.ts';
import { liveOutside } from '../observe/outside.ts';
import { isSutCall } from '../observe/match.ts';
import type { Scene, SutAddress } from '../observe/scene.ts';
import { checkExchange, maxOwnFaults } from '../observe/self-check.ts';
import { createView } from '../observe/view.ts';
import { orEnd, ScenarioEnd } from './scenario-end.ts';
import { completeSignup } from './signup.ts';
import type { FixedNumber } from './surroundings.ts';
import type { NoClock, SutClock } from './sut-clock.ts';
import { startTaping, type Taping } from './taping.ts';

export interface PlayOptions {
  readonly simulator: Simulator;
  readonly sut: SutAddress;
  /** Where a completed signup is handed to, or who goes through it in a browser; missing: nowhere. */
  readonly signup?: string | SignupPerson;
  /** The world's name; decides its ids. Default: the scenario's id. */
  readonly worldName?: string;
  /** The number the system was told of, if it knows only one. */
  readonly fixedNumber?: FixedNumber;
  /** Real time the scenario may take. */
  readonly limitMs: number;
  /** A fixed virtual start; missing: as the scenario's anchor says. */
  readonly anchorMs?: number;
  readonly selfCheck: boolean;
  /** Aborts when the system under test dies. */
  readonly death: AbortSignal;
  /** Wall clock, milliseconds since the Unix epoch. */
  readonly wallNowMs: number;
  /** The system's clock, or why there is none; missing: none is configured. */
  readonly clock?: SutClock | NoClock;
  /** Called as soon as something has passed between us and the system: on the wire, or beside it. */
  readonly onExchange?: () => void;
  /** Hears of each record of the world's log. */
  readonly onLog?: (record: LogRecord) => void;
  /** Keeps all that was seen, for a report that shows it or somebody who judges it again. */
  readonly tape?: boolean;
  /** Somebody looks on, and may hold each step back. */
  readonly onlooker?: Onlooker;
}

export interface Onlooker {
  /** The step is taken when this resolves. */
  readonly before: (step: Step) => Promise<void>;
  /** What was seen at an expectation; nothing was looked for at other steps. */
  readonly after: (step: Step, fact: Fact | undefined) => void;
}

/** More Graph calls than this in one scenario are a loop, not a conversation. */
export const mostCalls = 2_000;

/** Never throws for what the system under test does; throws on bugs of ours. */
export async function playScenario(scenario: Scenario, options: PlayOptions): Promise<ScenarioFacts> {
  const startedMs = performance.now();
  const world = openWorld(scenario, options);
  const stopTelling = tell(world, options.onLog);
  const watch = watchJournal(world, options);
  const limit = new AbortController();
  const timer = setTimeout(
    () => limit.abort(new ScenarioEnd({ kind: 'too-long', afterMs: options.limitMs })),
    options.limitMs,
  );
  const signal = AbortSignal.any([options.death, limit.signal, watch.flooded]);
  setMaxListeners(0, signal);
  const facts: Fact[] = [];
  const { ownFaults } = watch;
  let taping: Taping | undefined;
  try {
    await takeAlong(scenario, options)?.set(world.nowMs());
    const cast = world.stage(scenario);
    // A cancelled signup names nothing, so that whatever is called for it goes to no world of a scenario.
    const isNameless = scenario.steps.some(({ does }) => does === 'signup.cancels');
    const strays = isNameless ? options.simulator.defaultWorld.journal : undefined;
    const view = createView(world.journal, strays);
    const { sut } = options;
    if (options.tape)
      taping = startTaping({ scenario: scenario.id, journal: world.journal, strays, cast, sut });
    const outside = liveOutside(sut, signal, (what) => {
      options.onExchange?.();
      taping?.hear(what);
    });
    const scene: Scene = { scenario, world, view, cast, sut, outside, signal };
    const ending = await takeSteps({ world, cast, scene, options, ownFaults, facts, taping, remarks: [] });
    const tape = taping?.tape(ending);
    const { id, title, file, obligations } = scenario;
    const tookMs = Math.round(performance.now() - startedMs);
    return { id, title, file, obligations, facts, ending, ownFaults, tookMs, ...(tape && { tape }) };
  } finally {
    clearTimeout(timer);
    watch.stop();
    taping?.stop();
    // The world goes on answering calls that come late; they are no part of the scenario.
    stopTelling();
    await world.close();
    await takeAlong(scenario, options)?.release();
  }
}

/** The system's clock, where the scenario takes it along. */
const takeAlong = ({ needs = [] }: Scenario, { clock }: PlayOptions): SutClock | undefined =>
  needs.includes('clock') && clock && 'set' in clock ? clock : undefined;

function openWorld(scenario: Scenario, options: PlayOptions): WorldHandle {
  const clock = takeAlong(scenario, options);
  return options.simulator.openWorld({
    name: options.worldName ?? scenario.id,
    startMs: options.anchorMs ?? startOf(scenario, options.wallNowMs),
    behaviour: scenario.behaviour,
    // Whatever the simulator's own pace is, a scenario's time moves by its steps, and is over with it.
    pace: 'stepped',
    kept: false,
    ...(clock && { onMoved: (nowMs: number) => clock.set(nowMs) }),
  });
}

/** Tells of the world's log from its beginning, until stopped. */
function tell(world: WorldHandle, onLog: PlayOptions['onLog']): () => void {
  if (!onLog) return () => undefined;
  world.log.recent().forEach(onLog);
  return world.log.subscribe(onLog);
}

interface JournalWatch {
  readonly ownFaults: OwnFault[];
  readonly flooded: AbortSignal;
  stop(): void;
}

/** Checks every exchange as it happens, and counts the calls. */
function watchJournal(world: WorldHandle, { selfCheck, onExchange }: PlayOptions): JournalWatch {
  const ownFaults: OwnFault[] = [];
  const flood = new AbortController();
  let calls = 0;
  const stop = world.journal.subscribe((exchange: Exchange) => {
    onExchange?.();
    if (selfCheck && ownFaults.length < maxOwnFaults) ownFaults.push(...checkExchange(exchange));
    if (!isSutCall(exchange)) return;
    calls += 1;
    if (calls > mostCalls && !flood.signal.aborted)
      flood.abort(new ScenarioEnd({ kind: 'flooded', calls: mostCalls, exchanges: [exchange] }));
  });
  return { ownFaults, flooded: flood.signal, stop };
}

/** What the steps of one scenario share. */
interface Playing {
  readonly world: WorldHandle;
  readonly cast: Cast;
  readonly scene: Scene;
  readonly options: PlayOptions;
  readonly ownFaults: OwnFault[];
  readonly facts: Fact[];
  readonly taping: Taping | undefined;
  /** What helps to explain later failures. */
  readonly remarks: string[];
}

async function takeSteps(playing: Playing): Promise<Ending> {
  const strange = strangeNumber(playing.cast, playing.options.fixedNumber);
  if (strange) return strange;
  const lacking = lackingClock(playing.scene.scenario, playing.options);
  if (lacking !== undefined) return { kind: 'not-equipped', reason: lacking };
  for (const [index, step] of playing.scene.scenario.steps.entries()) {
    try {
      const { onlooker } = playing.options;
      if (onlooker) await orEnd(onlooker.before(step), playing.scene.signal);
      const factsBefore = playing.facts.length;
      playing.taping?.begin(index, playing.world.nowMs());
      const ending = await orEnd(takeStep(step, playing), playing.scene.signal);
      playing.taping?.end();
      onlooker?.after(step, playing.facts[factsBefore]);
      if (ending) return ending;
    } catch (error) {
      if (error instanceof ScenarioEnd) return { ...error.ending, at: step.at };
      throw error;
    }
  }
  return { kind: 'finished' };
}

/** @returns how the scenario ends, if it ends here */
async function takeStep(step: Step, playing: Playing): Promise<Ending | undefined> {
  const { scene, world, cast } = playing;
  if (isExpectation(step)) {
    playing.facts.push(explained(await observe(scene, step), playing.remarks));
    return undefined;
  }
  const unsent = unsentMessage(step, scene);
  if (unsent !== undefined) {
    const reason = `it speaks of the message “${unsent}”, which the system never sent`;
    return { kind: 'refused', reason, at: step.at };
  }
  scene.view.act();
  const person = playing.options.signup;
  if (typeof person === 'object' && step.does.startsWith('signup.')) {
    const ending = await signUp(step, person, playing);
    if (ending !== 'not by a person') return ending;
  }
  return settle(step, await world.play(step, cast), playing);
}

/** A message of the system's own that a step speaks of, and that has not been sent. */
function unsentMessage(step: ActingStep, { scenario, cast }: Scene): string | undefined {
  const named = scenario.steps.flatMap((one) =>
    one.does === 'expect.call' && one.as !== undefined ? [one.as] : [],
  );
  if (named.length === 0) return undefined;
  const text = JSON.stringify(step);
  return named.find((name) => !cast.messages.has(name) && text.includes(`{${name}}`));
}

function explained(fact: Fact, remarks: readonly string[]): Fact {
  const { sight } = fact;
  if (remarks.length === 0 || !('happened' in sight)) return fact;
  return { ...fact, sight: { ...sight, happened: [sight.happened, ...remarks].join('; ') } };
}

/** Why a scenario that takes the system's clock along cannot be played. */
function lackingClock({ needs = [] }: Scenario, { clock }: PlayOptions): string | undefined {
  if (!needs.includes('clock')) return undefined;
  if (!clock) return 'it moves the clock of the system under test, and “clock” is not configured';
  return 'lacking' in clock ? clock.lacking : undefined;
}

function strangeNumber(cast: Cast, fixed: FixedNumber | undefined): Ending | undefined {
  if (!fixed || fixed.phoneNumberId === cast.phoneNumberId) return undefined;
  const reason = 'it needs a number of its own, and the system under test knows a single one (numbers: one)';
  return { kind: 'not-equipped', reason };
}

/** Goes through Embedded Signup in a browser; what comes of it shows in the system's Graph calls. */
async function signUp(
  step: ActingStep,
  person: SignupPerson,
  { world, cast, remarks }: Playing,
): Promise<Ending | undefined | 'not by a person'> {
  const { displayPhoneNumber } = cast;
  switch (step.does) {
    case 'signup.completes': {
      const remark = await person.complete(displayPhoneNumber, step.history);
      await world.settled();
      if (remark !== undefined) remarks.push(remark);
      return undefined;
    }
    case 'signup.cancels':
      await person.cancel(displayPhoneNumber, step.screen);
      return undefined;
    case 'signup.repeats':
      return { kind: 'not-equipped', reason: 'a page in a browser hands its code over once', at: step.at };
    default:
      return 'not by a person';
  }
}

/** What the result of an acting step means for the scenario; nothing: it goes on. */
async function settle(
  step: ActingStep,
  result: StepResult,
  { options, world, ownFaults, remarks }: Playing,
): Promise<Ending | undefined> {
  const { at } = step;
  switch (result.kind) {
    case 'done':
      return undefined;
    case 'refused':
      return { kind: 'refused', reason: `(#${result.refusal.code}) ${result.refusal.message}`, at };
    case 'mistaken':
      return { kind: 'mistaken', ...result.mistake, at };
    case 'answered':
      if (options.selfCheck) checkClaim(step, result, world, ownFaults);
      return undefined;
    case 'signup': {
      if (typeof options.signup !== 'string')
        return { kind: 'not-equipped', reason: 'sut.signup is not configured', at };
      const { code, sessionEvent } = result;
      const remark = await completeSignup(options.signup, code, sessionEvent, options.sut.webhookLimitMs);
      // Without a code there is nothing to take, so a refusal explains nothing.
      if (remark !== undefined && code !== undefined) remarks.push(remark);
      return undefined;
    }
  }
}

/** `client.calls` says what the platform answers; another answer is ours to mend. */
function checkClaim(
  step: ActingStep,
  { status, code }: Extract<StepResult, { kind: 'answered' }>,
  world: WorldHandle,
  ownFaults: OwnFault[],
): void {
  if (step.does !== 'client.calls') return;
  const { answers } = step;
  if (status === answers.status && (answers.code === undefined || answers.code === code)) return;
  const exchange = world.journal
    .since(0)
    .filter((one) => one.kind === 'graph' && one.byScenario)
    .at(-1);
  if (!exchange) return;
  const claimed = show(answers.status, answers.code);
  const message = `the scenario says the platform answers ${claimed}; it answered ${show(status, code)}`;
  ownFaults.push({ what: 'client.calls', message, exchange, at: step.at });
}

const show = (status: number, code: number | undefined): string =>
  code === undefined ? String(status) : `${status} with code ${code}`;
