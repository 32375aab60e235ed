import { expect, test } from 'vitest';
import type { Ending, Fact, ScenarioFacts, Sight } from './facts.ts';
import { judgeObligation } from './judge-scenario.ts';

const seen = { expected: 'e', happened: 'h', exchanges: [] };
const sights: Record<string, Sight> = {
  kept: { kind: 'kept' },
  broken: { kind: 'broken', ...seen },
  unreachable: { kind: 'unreachable', ...seen },
  unobservable: { kind: 'unobservable', probe: 'conversation' },
  unclear: { kind: 'unclear', ...seen },
};

/** `proof broken`, `negative kept`, `control unclear`. */
function fact(text: string): Fact {
  const [role = '', sight = ''] = text.split(' ');
  return {
    step: 'expect.call',
    at: { line: 1, column: 1 },
    role: role === 'control' ? 'control' : 'proof',
    proves: ['o'],
    negative: role === 'negative',
    sight: sights[sight]!,
  };
}

const scenario = (facts: readonly string[], ending: Ending): ScenarioFacts => ({
  id: 's',
  title: 't',
  file: 's.yaml',
  obligations: ['o'],
  facts: facts.map(fact),
  ending,
  ownFaults: [],
  tookMs: 1,
});

const finished: Ending = { kind: 'finished' };
const died: Ending = { kind: 'died', exitCode: 1, signal: null, output: '' };
const tooLong: Ending = { kind: 'too-long', afterMs: 60_000 };

test.each<[readonly string[], string, Ending?]>([
  [['control kept', 'negative kept'], 'pass'],
  [['proof kept'], 'pass'],
  // Seeing what must not be is proof, whatever the control says.
  [['control broken', 'negative broken'], 'fail'],
  [['control unclear', 'negative broken'], 'fail'],
  // Silence of a system that never speaks is no pass.
  [['control broken', 'negative kept'], 'inconclusive'],
  [['control unreachable', 'negative kept'], 'inconclusive'],
  [['control broken', 'proof broken'], 'inconclusive'],
  [['control kept', 'proof broken'], 'fail'],
  [['control kept', 'proof unreachable'], 'inconclusive'],
  [['control kept', 'proof unclear'], 'inconclusive'],
  [['control kept', 'proof unobservable'], 'not-observed'],
  [['control unobservable', 'negative kept'], 'not-observed'],
  [['proof unobservable', 'proof broken'], 'fail'],
  [[], 'not-observed'],
  [['control kept'], 'not-observed'],
  [['control kept'], 'fail', died],
  [['control broken'], 'fail', died],
  [['control kept'], 'fail', { kind: 'flooded', calls: 2_000, exchanges: [] }],
  [['control kept', 'proof kept'], 'inconclusive', tooLong],
  [['control kept', 'proof broken'], 'fail', tooLong],
  [['control kept'], 'inconclusive', { kind: 'refused', reason: 'r', at: { line: 1, column: 1 } }],
  [[], 'not-observed', { kind: 'not-equipped', reason: 'sut.signup is not configured' }],
])('%j: %s', (facts, verdict, ending = finished) => {
  const judgement = judgeObligation(scenario(facts, ending), 'o');
  expect(judgement.verdict).toBe(verdict);
  expect(judgement.reason === undefined).toBe(verdict === 'pass');
});

test('an expectation counts only for what it proves', () => {
  const broken = { ...fact('proof broken'), proves: ['another'] };
  const facts = { ...scenario(['proof kept'], finished), facts: [fact('proof kept'), broken] };
  expect(judgeObligation(facts, 'o').verdict).toBe('pass');
  expect(judgeObligation(facts, 'another').verdict).toBe('fail');
  expect(judgeObligation(facts).verdict).toBe('fail');
});

test('the death of the process is told with its last words', () => {
  const ending: Ending = { kind: 'died', exitCode: null, signal: 'SIGSEGV', output: 'boom\n' };
  expect(judgeObligation(scenario([], ending), 'o').reason?.seen.happened).toBe(
    'its process died of SIGSEGV; its last output:\nboom',
  );
});
