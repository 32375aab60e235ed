/** Scenarios that somebody runs one by one and looks at, as the console does: against a system that is up already. */
import type { Scenario, Step } from '../../scenarios/language/scenario.ts';
import type { RunStep, RunVerdict, RunView, ScenarioRuns } from '../../simulator/control/runs.ts';
import type { Simulator } from '../../simulator/index.ts';
import type { SignupPerson } from '../browser/signup-page.ts';
import type { Ending, Fact, ScenarioFacts } from '../judge/facts.ts';
import { stepTexts } from '../judge/step-text.ts';
import type { SutAddress } from '../observe/scene.ts';
import { playScenario } from './play.ts';
import type { NoClock, SutClock } from './sut-clock.ts';

export interface WatchedRunsOptions {
  readonly simulator: Simulator;
  /** All that can be chosen from. */
  readonly scenarios: readonly Scenario[];
  /** The text of a scenario's file, to show its steps as they stand there. */
  readonly textOf: (scenario: Scenario) => string;
  /** Resolves when the system is up; rejects with words for whoever wants to run something. */
  readonly ready: () => Promise<{
    readonly sut: SutAddress;
    readonly signup?: string | SignupPerson;
    readonly death: AbortSignal;
    readonly clock?: SutClock | NoClock;
  }>;
  readonly limitMs: number;
  readonly judge: (facts: ScenarioFacts) => readonly RunVerdict[];
  readonly nowMs: () => number;
}

/** A person may think about each step for a while; a run that nobody goes on with ends by itself. */
const steppingLimitMs = 60 * 60_000;

/** Runs that are remembered; older ones are forgotten in their order. */
const mostRuns = 50;

interface Run {
  view: RunView;
  /** Lets the step go that waits. */
  release: (() => void) | undefined;
  stepwise: boolean;
}

export function createWatchedRuns(options: WatchedRunsOptions): ScenarioRuns {
  const { scenarios, simulator } = options;
  const runs = new Map<string, Run>();
  let count = 0;

  const remember = (run: Run): void => {
    runs.set(run.view.id, run);
    for (const oldest of runs.keys()) {
      if (runs.size <= mostRuns) return;
      runs.delete(oldest);
    }
  };

  const play = async (scenario: Scenario, run: Run): Promise<void> => {
    const { sut, signup, death, clock } = await options.ready();
    const facts = await playScenario(scenario, {
      simulator,
      sut,
      worldName: run.view.world,
      limitMs: run.stepwise ? steppingLimitMs : options.limitMs,
      selfCheck: true,
      death,
      wallNowMs: options.nowMs(),
      ...(signup !== undefined && { signup }),
      ...(clock && { clock }),
      onlooker: {
        before: (step) => hold(run, step),
        after: (step, fact) => mark(run, step, fact ? seenOf(fact) : { state: 'done' }),
      },
    });
    const ending = wordsOf(facts.ending);
    run.view = {
      ...run.view,
      state: 'ended',
      verdicts: options.judge(facts),
      ...(ending !== undefined && { ending }),
    };
  };

  return {
    choices: () => scenarios.map(({ id, title, obligations }) => ({ id, title, obligations })),
    start(id, stepwise) {
      const scenario = scenarios.find((one) => one.id === id);
      if (!scenario) return undefined;
      count += 1;
      const run: Run = {
        view: beginning(scenario, options.textOf(scenario), count),
        release: undefined,
        stepwise,
      };
      remember(run);
      play(scenario, run).catch((error: unknown) => {
        const ending = error instanceof Error ? error.message : String(error);
        run.view = { ...run.view, state: 'ended', ending };
      });
      return run.view;
    },
    find: (id) => runs.get(id)?.view,
    proceed(id, toTheEnd) {
      const run = runs.get(id);
      if (!run) return;
      if (toTheEnd) run.stepwise = false;
      run.release?.();
    },
  };
}

function beginning(scenario: Scenario, text: string, count: number): RunView {
  return {
    id: String(count),
    scenario: scenario.id,
    title: scenario.title,
    world: `run ${count}: ${scenario.id}`,
    state: 'running',
    steps: stepsOf(scenario, text),
    verdicts: [],
  };
}

function stepsOf(scenario: Scenario, text: string): readonly RunStep[] {
  const texts = stepTexts(scenario, text);
  return scenario.steps.map(({ at: { line }, does }, index) => {
    return { line, text: texts[index] ?? does, state: 'to come' };
  });
}

function mark(run: Run, { at }: Step, change: Partial<RunStep>): void {
  const steps = run.view.steps.map((step) => (step.line === at.line ? { ...step, ...change } : step));
  run.view = { ...run.view, steps };
}

function hold(run: Run, step: Step): Promise<void> {
  const go = (): void => {
    run.release = undefined;
    run.view = { ...run.view, state: 'running' };
    mark(run, step, { state: 'under way' });
  };
  if (!run.stepwise) {
    go();
    return Promise.resolve();
  }
  run.view = { ...run.view, state: 'waiting' };
  return new Promise((resolve) => {
    run.release = () => {
      go();
      resolve();
    };
  });
}

function seenOf({ sight }: Fact): Partial<RunStep> {
  switch (sight.kind) {
    case 'kept':
      return { state: 'kept' };
    case 'broken':
      return { state: 'broken', seen: `Expected ${sight.expected}; ${sight.happened}.` };
    case 'unobservable':
      return { state: 'unclear', seen: `It takes a probe that is not configured: ${sight.probe}.` };
    case 'unreachable':
    case 'unclear':
      return { state: 'unclear', seen: sight.happened };
  }
}

function wordsOf(ending: Ending): string | undefined {
  switch (ending.kind) {
    case 'finished':
      return undefined;
    case 'refused':
    case 'not-equipped':
      return ending.reason;
    case 'mistaken':
      return ending.message;
    case 'died':
      return `The system under test died: ${ending.output}`;
    case 'too-long':
      return `It took longer than ${Math.round(ending.afterMs / 1_000)} s.`;
    case 'flooded':
      return `The system made more than ${ending.calls} Graph calls.`;
  }
}
