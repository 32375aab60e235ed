import { describe, expect, it } from 'vitest';
import { parseScenario } from './parse.ts';
import { isExpectation } from './scenario.ts';

const known = { obligations: new Set(['a', 'b']) };

const expectations: Readonly<Record<string, string>> = {
  call: 'expect.call: { edge: messages }',
  acknowledged: 'expect.acknowledged: { field: messages }',
  noCall: 'expect.noCall: { edge: messages, for: 1s }',
  refused: 'expect.refused: { field: messages }',
  handshake: 'expect.handshake: { token: right }',
  has: 'expect.conversation: { of: ana, has: { text: Oi } }',
  count: 'expect.conversation: { of: ana, has: { text: Oi }, count: 1 }',
  connection: 'expect.connection: { is: connected }',
  callControl: 'expect.call: { edge: messages, control: true }',
  connectionControl: 'expect.connection: { is: connected, control: true }',
  acknowledgedProvesA: 'expect.acknowledged: { field: messages, proves: a }',
  noCallProvesB: 'expect.noCall: { edge: messages, for: 1s, proves: [b] }',
};

const parse = (names: string) =>
  parseScenario(
    [
      'scenario: x',
      'obligations: [a, b]',
      'customers: { ana: {} }',
      'steps:',
      ...names.split(' ').map((name) => `  - ${expectations[name] ?? ''}`),
    ].join('\n'),
    'x.yaml',
    'x',
    known,
  );

const rolesOf = (names: string): string => {
  const parsed = parse(names);
  if ('diagnostics' in parsed) return parsed.diagnostics.map(({ code }) => code).join(' ');
  return parsed.scenario.steps
    .filter(isExpectation)
    .map(({ role, proves }) => `${role}:${proves.join(',')}`)
    .join(' ');
};

describe('roles', () => {
  it.each([
    ['call', 'proof:a,b'],
    ['call noCall', 'control:a,b proof:a,b'],
    ['call acknowledged noCall call', 'control:a,b control:a,b proof:a,b proof:a,b'],
    ['noCall callControl', 'proof:a,b control:a,b'],
    ['acknowledged has', 'control:a,b proof:a,b'],
    ['acknowledged count', 'control:a,b proof:a,b'],
    ['handshake', 'proof:a,b'],
    ['connectionControl noCall', 'control:a,b proof:a,b'],
    ['acknowledgedProvesA noCallProvesB callControl', 'proof:a proof:b control:a,b'],
  ])('%s', (names, roles) => {
    expect(rolesOf(names)).toBe(roles);
  });

  it.each([
    ['noCall', 'needs-control'],
    ['refused', 'needs-control'],
    ['count', 'needs-control'],
    ['noCall call', 'needs-control'],
    ['callControl', 'unproven-obligation unproven-obligation'],
    ['acknowledgedProvesA', 'unproven-obligation'],
  ])('%s is refused: %s', (names, codes) => {
    expect(rolesOf(names)).toBe(codes);
  });
});
