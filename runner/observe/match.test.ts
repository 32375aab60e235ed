import { expect, test } from 'vitest';
import type { CallMatch } from '../../scenarios/language/scenario.ts';
import type { GraphExchange } from '../../simulator/index.ts';
import { fitsCall, holds } from './match.ts';

const ana = { waId: '5511987654321', userId: 'BR.1349' };
const call: GraphExchange = {
  kind: 'graph',
  number: 1,
  atMs: 0 as GraphExchange['atMs'],
  wallMs: 0,
  method: 'POST',
  path: '/v23.0/1/messages',
  edge: 'messages',
  params: { to: '+55 (11) 98765-4321', type: 'text', text: { body: 'Oi', preview_url: false } },
  status: 400,
  answer: { error: { code: 130429 } },
  byScenario: false,
  latencyMs: 1,
};

const cases: [string, CallMatch, boolean, Partial<GraphExchange>?][] = [
  ['the edge alone', { edge: 'messages' }, true],
  ['another edge', { edge: 'register' }, false],
  ['the method', { edge: 'messages', method: 'GET' }, false],
  ['the customer, whatever the formatting', { edge: 'messages', to: 'ana' }, true],
  ['another customer', { edge: 'messages', to: 'ana' }, false, { params: { to: '5511000000000' } }],
  ['the user id as recipient', { edge: 'messages', to: 'ana' }, true, { params: { recipient: 'BR.1349' } }],
  ['a call without recipient', { edge: 'messages', to: 'ana' }, false, { params: { status: 'read' } }],
  ['a read receipt, which is no message', { edge: 'messages' }, false, { params: { status: 'read' } }],
  [
    'a read receipt that is asked for',
    { edge: 'messages', body: { status: 'read' } },
    true,
    { params: { status: 'read' } },
  ],
  ['part of the body', { edge: 'messages', body: { text: { body: 'Oi' } } }, true],
  ['a body that differs', { edge: 'messages', body: { text: { body: 'Olá' } } }, false],
  ['the status', { edge: 'messages', answered: { status: 200 } }, false],
  ['the code', { edge: 'messages', answered: { status: 400, code: 130429 } }, true],
  ['another code', { edge: 'messages', answered: { code: 131056 } }, false],
  ['a call of the scenario itself', { edge: 'messages' }, false, { byScenario: true }],
];

test.each(cases)('%s', (_what, match, expected, changes = {}) => {
  expect(fitsCall({ ...call, ...changes }, match, match.to === undefined ? undefined : ana)).toBe(expected);
});

test.each([
  [{ a: 1, b: 2 }, { a: 1 }, true],
  [{ a: '1' }, { a: 1 }, true],
  [{ a: [{ b: 1, c: 2 }] }, { a: [{ b: 1 }] }, true],
  [{ a: [1, 2] }, { a: [1] }, false],
  [{ a: null }, { a: null }, true],
  [{}, { a: null }, false],
  [{ a: 'null' }, { a: null }, false],
])('%j holds %j: %s', (value, wanted, expected) => {
  expect(holds(value, wanted)).toBe(expected);
});
