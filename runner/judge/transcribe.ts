/** Tape → transcript: what happened, in its order, as a report shows it. Pure. */
import { isExpectation, type Scenario, type Step } from '../../scenarios/language/scenario.ts';
import type { Exchange } from '../../simulator/index.ts';
import type { Fact, ScenarioFacts } from './facts.ts';
import { seenEnding } from './judge-scenario.ts';
import { showExchange } from './show-exchange.ts';
import { stepTexts } from './step-text.ts';
import type { Tape } from './tape.ts';
import type { Actor, Transcript, TranscriptEntry, WireEntry } from './transcript.ts';

/**
 * @param text - the scenario's file
 * @returns nothing where no tape was kept
 */
export function transcribe(scenario: Scenario, text: string, facts: ScenarioFacts): Transcript | undefined {
  const { tape, ending } = facts;
  if (!tape) return undefined;
  const texts = stepTexts(scenario, text);
  const entries: TranscriptEntry[] = [];
  // Expectations have facts in their order, one each.
  const told = facts.facts.values();
  let shown = 0;
  const showUntil = (number: number): void => {
    for (const exchange of tape.exchanges)
      if (exchange.number > shown && exchange.number <= number) entries.push(onTheWire(exchange));
    shown = Math.max(shown, number);
  };
  for (const moment of tape.moments) {
    const step = scenario.steps[moment.step];
    if (!step) continue;
    showUntil(moment.from);
    const written = {
      atMs: moment.atMs,
      line: step.at.line,
      does: step.does,
      text: texts[moment.step] ?? step.does,
    };
    if (isExpectation(step)) {
      showUntil(moment.to);
      const fact = told.next().value;
      // A step at which the scenario was ended has no fact; the ending says why.
      if (fact) entries.push({ kind: 'expectation', ...written, role: step.role, ...saidBy(fact) });
    } else {
      entries.push({ kind: 'step', ...written, by: actorOf(step) });
      showUntil(moment.to);
    }
  }
  showUntil(Infinity);
  return {
    scenario: scenario.id,
    people: peopleOf(tape),
    entries,
    ...(ending.kind !== 'finished' && { ending: seenEnding(ending).happened }),
  };
}

const saidBy = ({ sight }: Fact) => ({
  sight: sight.kind,
  ...(sight.kind !== 'kept' &&
    (sight.kind === 'unobservable'
      ? { expected: `the probe “${sight.probe}” to answer`, happened: 'it is not configured' }
      : { expected: sight.expected, happened: sight.happened })),
});

function onTheWire(exchange: Exchange): WireEntry {
  const { atMs, number } = exchange;
  const shown = { atMs, number, exchange: showExchange(exchange) };
  if (exchange.kind === 'webhook') {
    const { result, field: about } = exchange;
    const fine = result.kind === 'answered' && isFine(result.status);
    return { kind: 'webhook', ...shown, from: 'meta', to: 'sut', about, fine };
  }
  const { edge, method, byScenario, status } = exchange;
  const about = `${method} ${edge === '' ? exchange.path : edge}`;
  const from = byScenario ? 'scenario' : 'sut';
  return { kind: 'call', ...shown, from, to: 'meta', about, fine: isFine(status) };
}

const isFine = (status: number): boolean => status >= 200 && status < 300;

/** Who acts: the word before the dot. */
function actorOf({ does }: Step): Actor {
  const [who] = does.split('.');
  switch (who) {
    case 'customer':
      return 'customer';
    case 'app':
    case 'signup':
      return 'phone';
    case 'time':
      return 'time';
    case 'client':
      return 'scenario';
    default:
      return 'meta';
  }
}

const peopleOf = ({ moments }: Tape): Readonly<Record<string, string>> =>
  Object.fromEntries(
    moments.flatMap(({ customers = {} }) =>
      Object.entries(customers).map(([name, { waId }]) => [name, waId] as const),
    ),
  );
