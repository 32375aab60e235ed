/**
 * Observes a scenario again from its tape: the same expectations, the same code, and nobody there but the tape.
 *
 * What a tape says of itself is not believed: facts are made anew from what went over the wire and what was heard.
 */
import { isExpectation, type Scenario } from '../../scenarios/language/scenario.ts';
import type { Exchange } from '../../simulator/index.ts';
import type { Fact, ScenarioFacts } from '../judge/facts.ts';
import type { Moment, Tape } from '../judge/tape.ts';
import { observe } from './expect.ts';
import type { Outside } from './outside.ts';
import type { Scene, SceneCast } from './scene.ts';
import { createView, type Watched } from './view.ts';

/** @throws TapeError where the tape cannot be one of this scenario */
export async function rewatch(scenario: Scenario, tape: Tape): Promise<ScenarioFacts> {
  refuseIncomplete(scenario, tape);
  const reel = createReel(tape.exchanges);
  const strays = createReel(tape.strays);
  const { phoneNumberId, wabaId, displayPhoneNumber } = tape;
  const messages = new Map(Object.entries(tape.messages));
  let customers: SceneCast['customers'] = {};
  let moment: Moment | undefined;
  const view = createView(reel, strays);
  const scene: Scene = {
    scenario,
    world: { journal: reel, nowMs: () => moment?.atMs ?? 0, advance: () => Promise.resolve(), isOver: true },
    view,
    get cast() {
      return { phoneNumberId, wabaId, displayPhoneNumber, customers, messages };
    },
    sut: { verifyToken: '', values: {}, probes: tape.probes },
    outside: asHeard(() => moment, tape.outputRead),
    signal: new AbortController().signal,
  };
  const facts: Fact[] = [];
  for (const one of tape.moments) {
    moment = one;
    const step = scenario.steps[one.step];
    if (!step) throw new TapeError(tape.scenario, `it holds a step ${one.step + 1} that the scenario lacks`);
    customers = one.customers ?? customers;
    reel.wind(one.from);
    strays.wind(one.straysFrom);
    if (!isExpectation(step)) {
      view.act();
      continue;
    }
    reel.wind(one.to);
    strays.wind(one.straysTo);
    facts.push(await observe(scene, step));
  }
  const { id, title, file, obligations } = scenario;
  return { id, title, file, obligations, facts, ending: tape.ending, ownFaults: [], tookMs: 0 };
}

/** A tape that cannot be a whole one of its scenario. */
export class TapeError extends Error {
  constructor(scenario: string, what: string) {
    super(`The tape of ${scenario} is not whole: ${what}.`);
    this.name = 'TapeError';
  }
}

function refuseIncomplete({ steps }: Scenario, { scenario, exchanges, moments, ending }: Tape): void {
  const gap = exchanges.findIndex(({ number }, index) => number !== index + 1);
  if (gap !== -1) throw new TapeError(scenario, `exchange ${gap + 1} is missing`);
  const stray = moments.findIndex(({ step }, index) => step !== index);
  if (stray !== -1) throw new TapeError(scenario, `step ${stray + 1} is missing`);
  if (ending.kind === 'finished' && moments.length !== steps.length)
    throw new TapeError(scenario, `it ends after ${moments.length} of ${steps.length} steps`);
  const last = moments.at(-1)?.to ?? 0;
  if (last > exchanges.length) throw new TapeError(scenario, `exchange ${last} is missing`);
}

interface Reel extends Watched {
  /** Shows what was there when exchange `number` was the newest. */
  wind(number: number): void;
}

function createReel(exchanges: readonly Exchange[]): Reel {
  let at = 0;
  return {
    since: (number) => exchanges.filter((one) => one.number > number && one.number <= at),
    get newest() {
      return at;
    },
    subscribe: () => () => undefined,
    wind(number) {
      at = number;
    },
  };
}

const neverAsked = 'the tape holds no answer';

function asHeard(now: () => Moment | undefined, outputRead: boolean): Outside {
  return {
    ask() {
      const heard = now()?.heard;
      return Promise.resolve(heard?.kind === 'probe' ? heard.answer : { kind: 'failed', reason: neverAsked });
    },
    shake() {
      const heard = now()?.heard;
      return Promise.resolve(
        heard?.kind === 'handshake' ? heard.answer : { kind: 'unreachable', reason: neverAsked },
      );
    },
    ...(outputRead && {
      leak: () => {
        const heard = now()?.heard;
        return heard?.kind === 'leak' ? heard.found : undefined;
      },
    }),
  };
}
