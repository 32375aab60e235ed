import { expect, test } from 'vitest';
import { parseScenario } from '../../scenarios/language/parse.ts';
import type { Exchange } from '../../simulator/index.ts';
import type { ScenarioFacts } from './facts.ts';
import { transcribe } from './transcribe.ts';

const text = `scenario: An echo is not answered
number: coexistence
customers: { ana: { name: Ana } }
steps:
  - customer.sends: { from: ana, text: Oi }
  # the control
  - expect.call: { edge: messages,
      to: ana, within: 10s }
  - time.passes: 2d
  - app.sends: { to: ana, text: Olá }
  - expect.noCall: { edge: messages, to: ana, for: 1s }
`;
const parsed = parseScenario(text, 'a.yaml', 'a', { obligations: new Set() });
if (!('scenario' in parsed)) throw new Error('The scenario is wrong.');
const { scenario } = parsed;

const webhook = (number: number, field: string): Exchange => ({
  kind: 'webhook',
  number,
  atMs: number as Exchange['atMs'],
  wallMs: 0,
  url: 'http://127.0.0.1/',
  field,
  deliveryId: number,
  attempt: 1,
  headers: {},
  body: '{}',
  genuine: true,
  result: { kind: 'answered', status: 500, body: '' },
  latencyMs: 1,
});
const call = (number: number): Exchange => ({
  kind: 'graph',
  number,
  atMs: number as Exchange['atMs'],
  wallMs: 0,
  method: 'POST',
  path: '/v23.0/1/messages',
  edge: 'messages',
  params: {},
  status: 200,
  answer: {},
  byScenario: false,
  latencyMs: 1,
});

const fact = { step: '', proves: [], negative: false, at: { line: 1, column: 1 } };
const facts: ScenarioFacts = {
  id: 'a',
  title: 'a',
  file: 'a.yaml',
  obligations: [],
  ownFaults: [],
  tookMs: 0,
  ending: { kind: 'finished' },
  facts: [
    { ...fact, role: 'control', sight: { kind: 'kept' } },
    { ...fact, role: 'proof', sight: { kind: 'broken', expected: 'none', happened: 'one', exchanges: [] } },
  ],
  tape: {
    scenario: 'a',
    phoneNumberId: '1',
    wabaId: '2',
    displayPhoneNumber: '+55',
    messages: {},
    probes: {},
    outputRead: true,
    exchanges: [webhook(1, 'messages'), call(2), webhook(3, 'smb_message_echoes'), call(4), call(5)],
    strays: [],
    moments: [
      {
        step: 0,
        atMs: 10,
        from: 0,
        to: 1,
        straysFrom: 0,
        straysTo: 0,
        customers: { ana: { waId: '5511', userId: 'BR.1' } },
      },
      { step: 1, atMs: 20, from: 1, to: 2, straysFrom: 0, straysTo: 0 },
      { step: 2, atMs: 30, from: 2, to: 2, straysFrom: 0, straysTo: 0 },
      { step: 3, atMs: 40, from: 2, to: 3, straysFrom: 0, straysTo: 0 },
      { step: 4, atMs: 50, from: 3, to: 4, straysFrom: 0, straysTo: 0 },
    ],
    ending: { kind: 'finished' },
  },
};

test('steps, exchanges and expectations stand in the order in which they happened', () => {
  const transcript = transcribe(scenario, text, facts);
  const lines = transcript?.entries.map((entry) =>
    entry.kind === 'step'
      ? `${entry.by}: ${entry.text}`
      : entry.kind === 'expectation'
        ? `${entry.role} ${entry.sight}: ${entry.text}`
        : `${entry.from} → ${entry.to}: ${entry.about}, ${entry.fine ? 'fine' : 'not fine'}`,
  );
  expect(lines).toEqual([
    'customer: customer.sends: { from: ana, text: Oi }',
    'meta → sut: messages, not fine',
    'sut → meta: POST messages, fine',
    'control kept: expect.call: { edge: messages, to: ana, within: 10s }',
    'time: time.passes: 2d',
    'phone: app.sends: { to: ana, text: Olá }',
    'meta → sut: smb_message_echoes, not fine',
    'sut → meta: POST messages, fine',
    'proof broken: expect.noCall: { edge: messages, to: ana, for: 1s }',
    'sut → meta: POST messages, fine',
  ]);
  expect(transcript?.people).toEqual({ ana: '5511' });
  expect(transcript?.entries[8]).toMatchObject({ line: 11, expected: 'none', happened: 'one' });
});

test('a scenario that was cut short says why, and its last step has no verdict', () => {
  const cut: ScenarioFacts = {
    ...facts,
    facts: facts.facts.slice(0, 1),
    ending: { kind: 'too-long', afterMs: 60_000 },
  };
  const transcript = transcribe(scenario, text, cut);
  expect(transcript?.ending).toContain('it took longer than 60 s');
  expect(transcript?.entries.filter(({ kind }) => kind === 'expectation')).toHaveLength(1);
});

test('without a tape there is none', () => {
  const { tape: _tape, ...rest } = facts;
  expect(transcribe(scenario, text, rest)).toBeUndefined();
});
