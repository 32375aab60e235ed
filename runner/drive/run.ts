/** Plays all scenarios: side by side, or one after another; after a death again, alone, to find the guilty one. */
import PQueue from 'p-queue';
import type { Scenario } from '../../scenarios/language/scenario.ts';
import type { ScenarioFacts } from '../judge/facts.ts';
import { Mistake } from '../plan/mistake.ts';
import { ScenarioEnd } from './scenario-end.ts';
import type { Sut } from './sut.ts';

export interface RunPlan {
  readonly scenarios: readonly Scenario[];
  readonly sut: Sut;
  /** Most scenarios at a time. */
  readonly jobs: number;
  /** Plays one; gets the signal of the death of the process it is played against, and which try it is, from 1. */
  readonly play: (scenario: Scenario, death: AbortSignal, attempt: number) => Promise<ScenarioFacts>;
  /** Whether this has to be played once more; asked after every try. Missing: never. */
  readonly again?: (facts: ScenarioFacts, attempt: number) => boolean;
  /** Whether nothing more is to be begun; what is under way goes on. Missing: never. */
  readonly enough?: () => boolean;
  /** When something last passed between us and the system, as `performance.now()` counts. Missing: it is not known. */
  readonly lastExchangeMs?: () => number;
  /** Called before each playing, before the process it is played against is looked at. */
  readonly prepare?: (scenario: Scenario) => Promise<void>;
  readonly onStarted?: (scenario: Scenario) => void;
  readonly onFinished?: (facts: ScenarioFacts) => void;
}

export interface RunOutcome {
  /** In the order of the plan. */
  readonly scenarios: readonly ScenarioFacts[];
  readonly notices: readonly string[];
}

/** A death this soon after a scenario's end may still be its doing. */
const suspectMs = 1_000;
/** How long a suspect played alone is watched after its end. */
const lingerMs = 500;
/** How long the process is watched after the last thing that passed between us. */
const quietMs = 250;
/** The least of it: a death that fell into work of ours is told only afterwards. */
const leastQuietMs = 25;

/** Rounds in which the system died before anything was played, until we give up. */
const mostBarrenRounds = 3;

/** @throws Mistake where the system under test does not come up; whatever `play` throws, which is a bug */
export async function runAll(plan: RunPlan): Promise<RunOutcome> {
  const results = new Map<Scenario, ScenarioFacts>();
  const notices: string[] = [];
  let waiting = plan.scenarios;
  let barren = 0;
  while (waiting.length > 0) {
    await plan.sut.ensureUp();
    const { suspects, unplayed } = await playTogether(plan, waiting, results);
    if (suspects.length > 0) notices.push(...(await playSuspects(plan, suspects, results)));
    else if (unplayed.length > 0) notices.push(diedIdle);
    if (plan.enough?.()) break;
    barren = unplayed.length === waiting.length ? barren + 1 : 0;
    if (barren === mostBarrenRounds)
      throw new Mistake({ message: 'The system under test dies each time as soon as it is ready.' }, 3);
    waiting = unplayed;
  }
  const scenarios = plan.scenarios
    .map((scenario) => results.get(scenario))
    .filter((facts) => facts !== undefined);
  return { scenarios, notices: [...new Set(notices)] };
}

const diedIdle =
  'The process of the system under test died while no scenario was being played; it was started again.';

interface Together {
  readonly suspects: readonly Scenario[];
  readonly unplayed: readonly Scenario[];
}

async function playTogether(
  plan: RunPlan,
  scenarios: readonly Scenario[],
  results: Map<Scenario, ScenarioFacts>,
): Promise<Together> {
  let diedAtMs = Infinity;
  const endedAtMs = new Map<Scenario, number>();
  const suspects: Scenario[] = [];
  const unplayed: Scenario[] = [];
  const playOne = async (scenario: Scenario): Promise<void> => {
    if (plan.enough?.()) return;
    if (diedAtMs === Infinity) await plan.prepare?.(scenario);
    const { death } = plan.sut;
    if (death.aborted || diedAtMs < Infinity) {
      unplayed.push(scenario);
      return;
    }
    death.addEventListener('abort', () => (diedAtMs = Math.min(diedAtMs, performance.now())), { once: true });
    plan.onStarted?.(scenario);
    const played = await playUntilGood(plan, scenario, death);
    // A connection breaks before the death of the process behind it is told.
    const facts = foundNobody(played) ? await linger(played, death) : played;
    endedAtMs.set(scenario, performance.now());
    if (facts.ending.kind === 'died') suspects.push(scenario);
    else finish(plan, results, scenario, facts);
  };
  const queue = new PQueue({ concurrency: plan.jobs });
  await Promise.all(scenarios.map((scenario) => queue.add(() => playOne(scenario))));
  const quietForMs = performance.now() - (plan.lastExchangeMs?.() ?? performance.now());
  await abortedWithin(plan.sut.death, Math.max(leastQuietMs, quietMs - quietForMs));
  for (const [scenario, atMs] of endedAtMs)
    if (atMs < diedAtMs && diedAtMs - atMs < suspectMs) suspects.push(scenario);
  return { suspects, unplayed };
}

/** A death is nobody's second chance: who is guilty is found out otherwise. */
async function playUntilGood(plan: RunPlan, scenario: Scenario, death: AbortSignal): Promise<ScenarioFacts> {
  for (let attempt = 1; ; attempt += 1) {
    const facts = await plan.play(scenario, death, attempt);
    const isLast = death.aborted || facts.ending.kind === 'died' || plan.again?.(facts, attempt) !== true;
    if (isLast) return attempt === 1 ? facts : { ...facts, attempts: attempt };
    await plan.prepare?.(scenario);
  }
}

function finish(
  plan: RunPlan,
  results: Map<Scenario, ScenarioFacts>,
  scenario: Scenario,
  facts: ScenarioFacts,
): void {
  results.set(scenario, facts);
  plan.onFinished?.(facts);
}

/** One at a time, each against a live process; the facts of the second playing are the ones that count. */
async function playSuspects(
  plan: RunPlan,
  suspects: readonly Scenario[],
  results: Map<Scenario, ScenarioFacts>,
): Promise<readonly string[]> {
  let found = false;
  for (const scenario of suspects) {
    await plan.sut.ensureUp();
    await plan.prepare?.(scenario);
    const { death } = plan.sut;
    const played = await plan.play(scenario, death, 1);
    const facts = await linger(played, death);
    found ||= facts.ending.kind === 'died';
    finish(plan, results, scenario, facts);
  }
  return found
    ? []
    : [
        `The process of the system under test died while these ran side by side, and alone none of them killed it: ${suspects.map(({ id }) => id).join(', ')}. Run with --jobs 1 to look closer.`,
      ];
}

const foundNobody = ({ facts }: ScenarioFacts): boolean =>
  facts.some(({ sight }) => sight.kind === 'unreachable');

/** Waits a moment for a death that comes late. */
async function linger(facts: ScenarioFacts, death: AbortSignal): Promise<ScenarioFacts> {
  if (facts.ending.kind === 'died') return facts;
  await abortedWithin(death, lingerMs);
  const reason: unknown = death.aborted ? death.reason : undefined;
  return reason instanceof ScenarioEnd ? { ...facts, ending: reason.ending } : facts;
}

function abortedWithin(signal: AbortSignal, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, withinMs);
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
