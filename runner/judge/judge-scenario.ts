/** Facts of one scenario → a verdict per obligation, with the reason. Pure. */
import type { Ending, Fact, ScenarioFacts, Seen } from './facts.ts';
import type { Verdict } from './verdict.ts';

/** Why a verdict is no pass: which expectation decided it, or how the scenario ended. */
export type Reason =
  | { readonly kind: 'fact'; readonly fact: Fact; readonly seen: Seen }
  | { readonly kind: 'ending'; readonly ending: Ending; readonly seen: Seen };

export interface Judgement {
  readonly verdict: Exclude<Verdict, 'not-applicable' | 'waived'>;
  /** Missing on `pass`. */
  readonly reason?: Reason;
}

/**
 * The verdict on one obligation; on the scenario itself where `obligation` is missing.
 *
 * A violated negative is proof by itself. Short of that, a control that failed means that nothing was shown. Then a
 * proof that failed is a broken obligation, unless the system could not be reached; a probe that is not configured
 * leaves it unseen.
 */
export function judgeObligation(scenario: ScenarioFacts, obligation?: string): Judgement {
  const facts = scenario.facts.filter(
    ({ proves }) => obligation === undefined || proves.includes(obligation),
  );
  const proofs = facts.filter(({ role }) => role === 'proof');
  const controls = facts.filter(({ role }) => role === 'control');
  const violated = proofs.find(({ negative, sight }) => negative && sight.kind === 'broken');
  if (violated) return because('fail', violated);
  const guilty = judgeFatalEnding(scenario.ending);
  if (guilty) return guilty;
  const failedControl = controls.find(({ sight }) => sight.kind !== 'kept');
  if (failedControl) return judgeControl(failedControl);
  const broken = proofs.find(({ sight }) => sight.kind === 'broken');
  if (broken) return because('fail', broken);
  const untold = proofs.find(({ sight }) => sight.kind === 'unreachable' || sight.kind === 'unclear');
  if (untold) return because('inconclusive', untold);
  const unseen = proofs.find(({ sight }) => sight.kind === 'unobservable');
  if (scenario.ending.kind === 'not-equipped') return afterEnding('not-observed', scenario.ending);
  if (scenario.ending.kind !== 'finished') return afterEnding('inconclusive', scenario.ending);
  if (unseen) return because('not-observed', unseen);
  return proofs.length === 0 && obligation !== undefined ? nothingLooked(scenario) : { verdict: 'pass' };
}

/** A control that needs a probe nobody configured leaves the obligation unseen, which is no fault of anybody's. */
const judgeControl = (fact: Fact): Judgement =>
  because(fact.sight.kind === 'unobservable' ? 'not-observed' : 'inconclusive', fact);

/** Endings that are themselves the failure: whatever was to be proved, a dead system does not do it. */
function judgeFatalEnding(ending: Ending): Judgement | undefined {
  return ending.kind === 'died' || ending.kind === 'flooded' ? afterEnding('fail', ending) : undefined;
}

function because(verdict: Judgement['verdict'], fact: Fact): Judgement {
  const { sight } = fact;
  if (sight.kind === 'kept') return { verdict };
  const seen = sight.kind === 'unobservable' ? notConfigured(fact, sight.probe) : sight;
  return { verdict, reason: { kind: 'fact', fact, seen } };
}

const notConfigured = (fact: Fact, probe: string): Seen => ({
  expected: `${fact.step} to be answered by the probe “${probe}”`,
  happened: `no probe “${probe}” is configured`,
  exchanges: [],
});

const afterEnding = (verdict: Judgement['verdict'], ending: Ending): Judgement => ({
  verdict,
  reason: { kind: 'ending', ending, seen: seenEnding(ending) },
});

const nothingLooked = (scenario: ScenarioFacts): Judgement => ({
  verdict: 'not-observed',
  reason: {
    kind: 'ending',
    ending: scenario.ending,
    seen: { expected: 'a step that proves it', happened: 'no step of the scenario does', exchanges: [] },
  },
});

/** What is to be said of an ending. */
export function seenEnding(ending: Ending): Seen {
  const expected = 'the scenario to be played to its end';
  switch (ending.kind) {
    case 'finished':
      return { expected, happened: 'it was', exchanges: [] };
    case 'died':
      return {
        expected: 'the system under test to stay alive',
        happened: `its process died ${howItDied(ending)}${lastWords(ending.output)}`,
        exchanges: [],
      };
    case 'too-long':
      return {
        expected,
        happened: `it took longer than ${ending.afterMs / 1_000} s and was stopped (limits.scenario)`,
        exchanges: [],
      };
    case 'flooded':
      return {
        expected: 'a handful of Graph calls',
        happened: `the system under test made more than ${ending.calls} Graph calls; the scenario was stopped`,
        exchanges: ending.exchanges,
      };
    case 'not-equipped':
      return { expected, happened: ending.reason, exchanges: [] };
    case 'refused':
      return { expected, happened: `a step could not be taken: ${ending.reason}`, exchanges: [] };
    case 'mistaken':
      return { expected, happened: `a step cannot be done: ${ending.message}`, exchanges: [] };
  }
}

const howItDied = ({ exitCode, signal }: { exitCode: number | null; signal: string | null }): string =>
  signal === null ? `with exit code ${exitCode ?? 'unknown'}` : `of ${signal}`;

const lastWords = (output: string): string =>
  output.trim() === '' ? ' without a word' : `; its last output:\n${output.trimEnd()}`;
