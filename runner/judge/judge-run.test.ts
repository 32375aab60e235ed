import { describe, expect, test } from 'vitest';
import type { Fact, ScenarioFacts } from './facts.ts';
import { judgeRun, type JudgeOptions, type RunFacts } from './judge-run.ts';
import type { GraphExchange, WebhookExchange } from '../../simulator/index.ts';

const obligation = (id: string, profile = 'automation') => ({
  id,
  statement: `A bot MUST keep ${id}.`,
  level: 'MUST' as const,
  profile,
  source: { page: 'Meta: a page', evidence: 'documented' as const },
  fix: 'Mend it.',
});

const options: JudgeOptions = {
  obligations: [obligation('a'), obligation('b'), obligation('inbox-only', 'inbox'), obligation('unasked')],
  profiles: ['automation'],
  waivers: [],
  today: '2026-06-01',
  replay: (file) => `npx coex run ${file}`,
};

const graphCall: GraphExchange = {
  kind: 'graph',
  number: 2,
  atMs: 0 as GraphExchange['atMs'],
  wallMs: 0,
  method: 'POST',
  path: '/v23.0/1/messages',
  edge: 'messages',
  params: { to: '5511', text: { body: 'x'.repeat(3_000) } },
  status: 200,
  answer: { messages: [] },
  byScenario: false,
  latencyMs: 1,
};

const webhook: WebhookExchange = {
  kind: 'webhook',
  number: 1,
  atMs: 0 as WebhookExchange['atMs'],
  wallMs: 0,
  url: 'http://127.0.0.1:1/webhook',
  field: 'messages',
  deliveryId: 1,
  attempt: 2,
  headers: {},
  body: '{}',
  genuine: true,
  result: { kind: 'timed-out', afterMs: 10_000 },
  latencyMs: 10_000,
};

const proof = (id: string, broken: boolean): Fact => ({
  step: 'expect.noCall',
  at: { line: 9, column: 5 },
  role: 'proof',
  proves: [id],
  negative: true,
  sight: broken
    ? { kind: 'broken', expected: 'no call', happened: 'there was one', exchanges: [webhook, graphCall] }
    : { kind: 'kept' },
});

const scenario = (id: string, facts: readonly Fact[], more: Partial<ScenarioFacts> = {}): ScenarioFacts => ({
  id,
  title: `The ${id}`,
  file: `scenarios/${id}.yaml`,
  obligations: facts.flatMap(({ proves }) => proves),
  facts,
  ending: { kind: 'finished' },
  ownFaults: [],
  tookMs: 5,
  ...more,
});

const judge = (
  scenarios: readonly ScenarioFacts[],
  more: Partial<JudgeOptions> = {},
  run: Partial<RunFacts> = {},
) =>
  judgeRun(
    {
      coex: '1.0.0',
      seed: 's',
      config: 'c.yaml',
      at: '2026-06-01T09:00:00.000Z',
      scenarios,
      notices: [],
      tookMs: 9,
      ...run,
    },
    { ...options, ...more },
  );

describe('over all scenarios', () => {
  test('one failure outweighs any number of passes; what nobody looked at is not listed', () => {
    const report = judge([
      scenario('x', [proof('a', false)]),
      scenario('y', [proof('a', true), proof('b', false)]),
    ]);
    expect(report.obligations.map(({ id, verdict, scenarios }) => [id, verdict, scenarios])).toEqual([
      ['a', 'fail', ['x', 'y']],
      ['b', 'pass', ['y']],
    ]);
    expect(report.exitCode).toBe(1);
  });

  test('what a system does not declare is not applicable', () => {
    const report = judge([scenario('x', [proof('inbox-only', true)])]);
    expect(report.obligations[0]?.verdict).toBe('not-applicable');
    expect(report.findings).toEqual([]);
    expect(report.exitCode).toBe(0);
  });

  test.each([
    ['2026-06-02', 'waived', 0],
    ['2026-06-01', 'fail', 1],
  ])('a waiver until %s: %s', (until, verdict, exitCode) => {
    const waivers = [{ obligation: 'a', reason: 'ticket 12', until, place: 'b.yaml:1:3' }];
    const report = judge([scenario('x', [proof('a', false)]), scenario('y', [proof('a', true)])], {
      waivers,
    });
    expect(report.obligations[0]?.verdict).toBe(verdict);
    expect(report.exitCode).toBe(exitCode);
  });

  test.each([
    ['that is kept now', false, 'y', '2026-07-01', ['kept'], 1],
    ['that is kept everywhere', false, undefined, '2026-07-01', ['kept'], 1],
    ['that still fails', true, 'y', '2026-07-01', [], 0],
    ['that fails in another scenario', true, 'x', '2026-07-01', ['kept'], 1],
    ['of a scenario that was not played', true, 'z', '2026-07-01', [], 1],
    ['whose day has come', true, 'y', '2026-06-01', ['expired'], 1],
    ['whose day has come, and that is kept', false, 'y', '2026-05-01', ['expired'], 1],
  ])('a waiver %s', (_what, fails, scenarioId, until, outdated, exitCode) => {
    const waiver = { obligation: 'a', reason: 'r', until, place: 'b.yaml:1:3' };
    const waivers = [{ ...waiver, ...(scenarioId !== undefined && { scenario: scenarioId }) }];
    const report = judge([scenario('x', [proof('a', false)]), scenario('y', [proof('a', fails)])], {
      waivers,
    });
    expect(report.outdatedWaivers.map(({ why }) => why)).toEqual(outdated);
    expect(report.exitCode).toBe(exitCode);
  });

  test('only what is asked for is judged', () => {
    const report = judge([scenario('x', [proof('a', true), proof('b', false)])], { only: ['b'] });
    expect(report.obligations.map(({ id, verdict }) => [id, verdict])).toEqual([['b', 'pass']]);
    expect(report).toMatchObject({ findings: [], exitCode: 0 });
  });

  test('a scenario without obligations is judged as a whole', () => {
    const report = judge([scenario('x', [proof('a', true)], { obligations: [] })]);
    expect(report.scenarios[0]).toMatchObject({ verdict: 'fail', obligations: [] });
    expect(report.exitCode).toBe(1);
  });
});

test('a finding says all there is to know', () => {
  const [finding] = judge([scenario('x', [proof('a', true)])]).findings;
  expect(finding).toMatchObject({
    obligation: 'a',
    verdict: 'fail',
    scenario: 'x',
    file: 'scenarios/x.yaml',
    at: { line: 9, column: 5 },
    step: 'expect.noCall',
    expected: 'no call',
    happened: 'there was one',
    replay: 'npx coex run scenarios/x.yaml',
  });
  expect(finding?.exchanges[0]).toEqual({
    title: 'webhook messages → POST http://127.0.0.1:1/webhook (attempt 2)',
    sent: '{}',
    answered: 'no answer within 10 s',
  });
  expect(finding?.exchanges[1]?.sent).toMatch(/^.{2048}… \(\d+ more characters\)$/);
});

test('a variant of a matrix is replayed as such', () => {
  const facts = { ...scenario('x#by-number', [proof('a', true)]), file: 'scenarios/x.yaml' };
  expect(judge([facts]).findings[0]?.replay).toBe('npx coex run scenarios/x.yaml#by-number');
});

test.each<[string, Partial<ScenarioFacts>, Partial<RunFacts>, number]>([
  ['a fault of ours', { ownFaults: [{ what: 'webhook messages', message: 'm', exchange: webhook }] }, {}, 70],
  [
    'a mistake in a scenario',
    { ending: { kind: 'mistaken', message: 'm', at: { line: 1, column: 1 } } },
    {},
    2,
  ],
  ['a death that nobody caused', {}, { notices: ['It died.'] }, 3],
  ['a scenario that took too long', { ending: { kind: 'too-long', afterMs: 1 } }, {}, 3],
])('%s decides the exit code', (_what, more, run, exitCode) => {
  expect(judge([scenario('x', [proof('a', false)], more)], {}, run).exitCode).toBe(exitCode);
});
