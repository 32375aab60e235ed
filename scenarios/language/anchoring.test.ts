import { describe, expect, it } from 'vitest';
import { plannedDurationMs, startOf } from './anchoring.ts';
import { parseScenario } from './parse.ts';
import type { Scenario } from './scenario.ts';

function read(steps: readonly string[], anchor = 'end'): Scenario {
  const lines = [
    'scenario: x',
    `anchor: ${anchor}`,
    'customers: { ana: {} }',
    'steps:',
    ...steps.map((step) => `  - ${step}`),
  ];
  const parsed = parseScenario(lines.join('\n'), 'x.yaml', 'x', { obligations: new Set() });
  if ('diagnostics' in parsed) throw new Error(parsed.diagnostics[0]?.message);
  return parsed.scenario;
}

const passing = [
  'time.passes: 13d',
  'expect.acknowledged: { field: history, within: 10s }',
  'expect.noCall: { edge: messages, for: 1500ms }',
  'time.passes: 10m',
];

describe('plannedDurationMs', () => {
  it('adds up what passes and what is waited in silence, and nothing else', () => {
    expect(plannedDurationMs(read(passing))).toBe(13 * 86_400_000 + 2_000 + 600_000);
  });
});

describe('startOf', () => {
  const now = Date.parse('2026-11-02T09:00:00.750Z');
  it.each([
    ['the last step happens now', 'end', '2026-10-20T08:49:58.000Z'],
    ['the first step happens now', 'start', '2026-11-02T09:00:00.000Z'],
    ['the first step happens then', '"2025-01-01T00:00:00Z"', '2025-01-01T00:00:00.000Z'],
  ])('%s', (_, anchor, start) => {
    expect(new Date(startOf(read(passing, anchor), now)).toISOString()).toBe(start);
  });
});
