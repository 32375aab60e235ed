/**
 * For tests written with Vitest: a fixture with a simulator and a number of its own, and matchers.
 *
 * @example
 * import { expect, test } from 'coex/vitest';
 *
 * test('a customer is answered', async ({ simulator, number }) => {
 *   const bot = startBot(simulator.url, simulator.app);
 *   await number.play('customer.sends: { from: ana, text: Oi }');
 *   await expect(simulator).toReceiveCall({ edge: 'messages', to: 'ana' });
 * });
 */
import { parse } from 'yaml';
import { expect as baseExpect, test as baseTest, type ExpectStatic } from 'vitest';
import { parseScenario } from '../scenarios/language/parse.ts';
import { renderDiagnostic } from '../scenarios/language/diagnostics.ts';
import { isExpectation, type CallMatch } from '../scenarios/language/scenario.ts';
import {
  createSimulator,
  type Cast,
  type Exchange,
  type Simulator,
  type SimulatorOptions,
  type StepResult,
} from '../simulator/index.ts';
import { openNumber } from './cli/open-number.ts';
import { describeCalls, describeMatch } from './observe/describe.ts';
import { fitsCall } from './observe/match.ts';
import { nearMisses } from './observe/near-misses.ts';
import { waitFor } from './observe/wait.ts';
import { Mistake } from './plan/mistake.ts';
import type { ScenarioResult } from './run-scenario.ts';

/** A number in coexistence, with a customer, Ana. */
export interface TestNumber extends Cast {
  /**
   * Takes a step of the scenario language, written as there: `customer.sends: { from: ana, text: Oi }`. Resolves when
   * the webhooks it caused have been answered.
   *
   * @throws Mistake where the step is none, or only looks
   */
  play(step: string): Promise<StepResult>;
}

export interface CoexFixtures {
  /** Set with `test.scoped({ simulatorOptions: … })`. */
  readonly simulatorOptions: SimulatorOptions;
  /** A simulator of this test alone; closed after it. */
  readonly simulator: Simulator;
  readonly number: TestNumber;
}

/** Vitest's `test`, with {@link CoexFixtures}. */
export const test = baseTest.extend<CoexFixtures>({
  simulatorOptions: {},
  simulator: async ({ simulatorOptions }, use) => {
    const simulator = await createSimulator(simulatorOptions);
    try {
      await use(simulator);
    } finally {
      await simulator.close();
    }
  },
  number: async ({ simulator }, use) => {
    const cast = openNumber(simulator.defaultWorld);
    await use({ ...cast, play: (step) => playStep(simulator, cast, step) });
  },
});

async function playStep({ defaultWorld }: Simulator, cast: Cast, text: string): Promise<StepResult> {
  const source = JSON.stringify({
    scenario: 'A step',
    customers: Object.fromEntries(Object.keys(cast.customers).map((name) => [name, {}])),
    steps: [parse(text) as unknown],
  });
  const messages = cast.messages.keys();
  const parsed = parseScenario(source, text, 'step', { obligations: new Set(), messages });
  if ('diagnostics' in parsed)
    throw new Mistake(parsed.diagnostics.map((one) => ({ message: renderDiagnostic(one, source) })));
  const [step] = parsed.scenario.steps;
  if (!step || isExpectation(step))
    throw new Mistake({ message: 'That step only looks. A test has matchers: toReceiveCall.' });
  return defaultWorld.play(step, cast);
}

/** A call that is expected, as `expect.call` of a scenario has it. */
export type ExpectedCall = Omit<CallMatch, 'before'> & {
  /** How long it may take, real milliseconds. Default 5,000. */
  readonly withinMs?: number;
};

const usualWithinMs = 5_000;

/** What is told of a match. */
interface Told {
  readonly pass: boolean;
  readonly message: () => string;
}

async function toReceiveCall(given: unknown, expected: ExpectedCall): Promise<Told> {
  const world = (given as Simulator).defaultWorld;
  const { withinMs = usualWithinMs, ...match } = expected;
  const to = match.to === undefined ? undefined : world.cast?.customers[match.to];
  const calls = (): readonly Exchange[] => world.journal.since(0);
  const found = await waitFor(world, {
    withinMs,
    signal: new AbortController().signal,
    look: () => calls().find((call) => fitsCall(call, match, to)),
  });
  const close = nearMisses(calls(), match, to).map((line) => `\n- ${line}`);
  return {
    pass: found !== undefined,
    message: () =>
      found
        ? `expected no ${describeMatch(match)}, and there was one`
        : `expected a ${describeMatch(match)} within ${withinMs} ms; ${describeCalls(calls())}${close.length === 0 ? '' : `; closest:${close.join('')}`}`,
  };
}

function toBeKept(given: unknown): Told {
  const result = given as ScenarioResult;
  return {
    pass: result.kept,
    message: () =>
      result.kept
        ? 'expected something to be broken, and all is kept'
        : `expected all to be kept:\n\n${String(result)}`,
  };
}

/** Vitest's `expect`, with the matchers. */
export const expect: ExpectStatic = baseExpect;
expect.extend({ toReceiveCall, toBeKept });

declare module 'vitest' {
  interface Matchers<T> {
    /** The system under test calls the Graph so, now or within a while. */
    toReceiveCall(call: ExpectedCall): Promise<void>;
    /** Of a result of `runScenario`: nothing is broken, and nothing is in doubt. */
    toBeKept(this: Matchers<T>): void;
  }
}
