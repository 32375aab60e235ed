import { expect, test } from 'vitest';
import { readBaseline, unexplained, updateBaseline } from './baseline.ts';

const known = {
  obligations: ['echo-is-not-answered', 'history-is-not-answered'],
  scenarios: () => ['echoes/a'],
};

test('reads waivers', () => {
  const text = '- obligation: echo-is-not-answered\n  reason: ticket 12\n  until: "2027-01-31"\n';
  expect(readBaseline(text, 'b.yaml', known)).toEqual([
    { obligation: 'echo-is-not-answered', reason: 'ticket 12', until: '2027-01-31', place: 'b.yaml:1:3' },
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
  [
    '- obligation: echo-is-not-answered\n  scenario: echos/a\n  reason: r\n  until: "2027-01-31"',
    /b\.yaml:2:13: There is no scenario/,
  ],
  ['a: b', /is a list/],
])('%j is a mistake', (text, message) => {
  expect(() => readBaseline(text, 'b.yaml', known)).toThrow(message);
});

test('an update keeps reasons, adds what fails, drops what is kept, and leaves alone what was not played', () => {
  const place = 'b.yaml:1:3';
  const explained = { obligation: 'a', scenario: 'x', reason: 'ticket 12', until: '2027-01-31', place };
  const mended = { obligation: 'b', scenario: 'x', reason: 'ticket 13', until: '2027-01-31', place };
  const elsewhere = { obligation: 'c', scenario: 'far', reason: 'ticket 14', until: '2027-01-31', place };
  const failed = [
    { obligation: 'a', scenario: 'x' },
    { obligation: 'd', scenario: 'y' },
  ];
  const played = [...failed, { obligation: 'b', scenario: 'x' }];
  expect(updateBaseline([explained, mended, elsewhere], failed, played, '2026-11-27')).toEqual([
    { obligation: 'a', scenario: 'x', reason: 'ticket 12', until: '2027-01-31' },
    { obligation: 'c', scenario: 'far', reason: 'ticket 14', until: '2027-01-31' },
    { obligation: 'd', scenario: 'y', reason: unexplained, until: '2027-02-25' },
  ]);
});
