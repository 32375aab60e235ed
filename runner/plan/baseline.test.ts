import { expect, test } from 'vitest';
import { readBaseline } from './baseline.ts';

const known = ['echo-is-not-answered', 'history-is-not-answered'];

test('reads waivers', () => {
  const text = '- obligation: echo-is-not-answered\n  reason: ticket 12\n  until: "2027-01-31"\n';
  expect(readBaseline(text, 'b.yaml', known)).toEqual([
    { obligation: 'echo-is-not-answered', reason: 'ticket 12', until: '2027-01-31' },
  ]);
});

test.each([
  [
    '- obligation: echo-is-not-anwsered\n  reason: r\n  until: "2027-01-31"',
    /b\.yaml:1:15: There is no obligation/,
  ],
  ['- obligation: echo-is-not-answered\n  until: "2027-01-31"', /needs “reason”/],
  ['- obligation: echo-is-not-answered\n  reason: r\n  until: soon', /b\.yaml:3:10: “until” is a day/],
  [
    '- obligation: echo-is-not-answered\n  reson: r\n  until: "2027-01-31"',
    /b\.yaml:2:3: “reson” means nothing/,
  ],
  ['a: b', /is a list/],
])('%j is a mistake', (text, message) => {
  expect(() => readBaseline(text, 'b.yaml', known)).toThrow(message);
});
