import { expect, test } from 'vitest';
import type { CallMatch } from '../../scenarios/language/scenario.ts';
import type { GraphExchange } from '../../simulator/index.ts';
import { fitsCall } from './match.ts';
import { nearMisses } from './near-misses.ts';

const ana = { waId: '5511987654321', userId: 'BR.1349' };
const call = (number: number, more: Partial<GraphExchange> = {}): GraphExchange => ({
  kind: 'graph',
  number,
  atMs: 0 as GraphExchange['atMs'],
  wallMs: 0,
  method: 'POST',
  path: '/v23.0/1/messages',
  edge: 'messages',
  params: { to: ana.waId, type: 'text', text: { body: 'Oi' } },
  status: 200,
  answer: {},
  byScenario: false,
  latencyMs: 1,
  ...more,
});

test.each<[CallMatch, Partial<GraphExchange>, string]>([
  [{ edge: 'register' }, {}, 'the edge is messages, not register'],
  [{ edge: 'messages', method: 'GET' }, {}, 'the method is POST, not GET'],
  [
    { edge: 'messages', to: 'ana' },
    { params: { to: '551100000000' } },
    'it is for 551100000000, not for ana (5511987654321)',
  ],
  [{ edge: 'messages', to: 'ana' }, { params: {} }, 'it is for nobody, not for ana (5511987654321)'],
  [{ edge: 'messages', body: { text: { body: 'Olá' } } }, {}, '“text.body” is "Oi", not "Olá"'],
  [{ edge: 'messages', body: { context: { message_id: 'a' } } }, {}, '“context” is missing'],
  [
    { edge: 'messages', body: { type: 'image', text: 1 } },
    {},
    '“type” is "text", not "image"; “text” is {"body":"Oi"}, not 1',
  ],
  [{ edge: 'messages' }, { params: { status: 'read' } }, 'it is a receipt, not a message'],
  [
    { edge: 'messages', answered: { status: 400, code: 131047 } },
    {},
    'it was answered 200, not 400; it was answered with no code, not 131047',
  ],
  [{ edge: 'messages', before: 'subscribed-apps' }, {}, 'it came after a successful call of subscribed-apps'],
])('%j of %j', (match, more, told) => {
  const made = call(1, more);
  // A near miss is a miss: what fits by itself is told only where it came too late.
  if (match.before === undefined) expect(fitsCall(made, match, ana)).toBe(false);
  const [line] = nearMisses([made], match, ana);
  expect(line?.slice(line.indexOf(': ') + 2)).toBe(told);
});

test('the closest first, three at most, those of the scenario itself never', () => {
  const match: CallMatch = { edge: 'messages', to: 'ana', body: { text: { body: 'Olá' } } };
  const calls = [
    call(1, { edge: 'register' }),
    call(2, { params: { to: '1', text: { body: 'x' } } }),
    call(3),
    call(4, { params: { to: '1', text: { body: 'Olá' } } }),
    call(5, { byScenario: true }),
  ];
  expect(nearMisses(calls, match, ana).map((line) => line.split(': ').slice(1).join(': '))).toEqual([
    '“text.body” is "Oi", not "Olá"',
    'it is for 1, not for ana (5511987654321)',
    'it is for 1, not for ana (5511987654321); “text.body” is "x", not "Olá"',
  ]);
});
