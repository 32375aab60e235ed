import { expect, it } from 'vitest';
import type { FaultRule } from './events.ts';
import { faultRules, ruleOn, untouched, type Fault, type Treatment } from './faults.ts';

let nextId = 1;
const fault = (rule: FaultRule, byMs = 0, field?: string): Fault => ({
  id: nextId++,
  rule,
  left: 1,
  byMs,
  ...(field === undefined ? {} : { field }),
});

it.each<[FaultRule, number, Partial<Treatment>]>([
  ['duplicate', 0, { copiesAfterMs: [0] }],
  ['duplicate', 300, { copiesAfterMs: [300] }],
  ['delay', 0, { delayMs: 5_000 }],
  ['delay', 700, { delayMs: 700 }],
  ['reorder', 0, { hold: { until: 'overtaken', atMostMs: 60_000 } }],
  ['reorder', 900, { hold: { until: 'overtaken', atMostMs: 900 } }],
  ['batch', 0, { hold: { until: 'joined', atMostMs: 60_000 } }],
  ['drop', 0, { dropped: true }],
  ['wrong-signature', 0, { forgery: 'wrong-signature' }],
  ['no-signature', 0, { forgery: 'no-signature' }],
  ['replayed-signature', 0, { forgery: 'replayed-signature' }],
  ['hang', 0, { stallMs: 0 }],
  ['hang', 400, { stallMs: 400 }],
])('%s by %i ms', (rule, byMs, treatment) => {
  expect(ruleOn([fault(rule, byMs)], 'messages', false).treatment).toEqual({ ...untouched, ...treatment });
});

it('has a row above for every rule', () => {
  expect([...faultRules].sort()).toEqual([
    'batch',
    'delay',
    'drop',
    'duplicate',
    'hang',
    'no-signature',
    'reorder',
    'replayed-signature',
    'wrong-signature',
  ]);
});

it('lays rules over one another', () => {
  const faults = [fault('delay', 10), fault('duplicate', 1), fault('wrong-signature'), fault('delay', 20)];
  expect(ruleOn([...faults, fault('duplicate', 2)], 'messages', false).treatment).toEqual({
    ...untouched,
    delayMs: 30,
    copiesAfterMs: [1, 2],
    forgery: 'wrong-signature',
  });
});

it('uses up only the faults of the field', () => {
  const [mine, any, others] = [fault('delay', 1, 'messages'), fault('delay', 2), fault('drop', 0, 'history')];
  const ruling = ruleOn([mine, any, others], 'messages', false);
  expect(ruling.faults).toEqual([mine.id, any.id]);
  expect(ruling.treatment).toEqual({ ...untouched, delayMs: 3 });
});

it('lets a delivery pass that overtakes another, without using up the rule', () => {
  expect(ruleOn([fault('reorder')], 'messages', true)).toEqual({ treatment: untouched, faults: [] });
});
