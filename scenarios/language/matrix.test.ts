import { describe, expect, it, test } from 'vitest';
import { expandMatrix, variantOf } from './matrix.ts';
import { parseScenario } from './parse.ts';

const file = (matrix: string): string => `scenario: A thing is seen
behaviour: { userIds: false, pairBurst: 3 }
${matrix}
customers: { ana: {} }
steps:
  - customer.sends: { from: ana, text: Oi }
`;

const parse = (matrix: string) => parseScenario(file(matrix), 'a.yaml', 'a', { obligations: new Set() });

function expand(matrix: string) {
  const parsed = parse(matrix);
  if (!('scenario' in parsed)) throw new Error(parsed.diagnostics[0]?.message);
  return expandMatrix(parsed.scenario);
}

describe('a matrix', () => {
  it('makes one scenario of each variant, which overrides what the scenario says', () => {
    const variants = expand('matrix: { before: {}, after: { behaviour: { userIds: true } } }');
    expect(variants.map(({ id, title, behaviour, file: name }) => [id, title, behaviour, name])).toEqual([
      ['a#before', 'A thing is seen (before)', { userIds: false, pairBurst: 3 }, 'a.yaml'],
      ['a#after', 'A thing is seen (after)', { userIds: true, pairBurst: 3 }, 'a.yaml'],
    ]);
    expect(variants.every((one) => !('matrix' in one))).toBe(true);
  });

  it('that is not there leaves the scenario as it is', () => {
    expect(expand('about: x').map(({ id }) => id)).toEqual(['a']);
  });
});

test.each([
  ['matrix: both', 'Expected variants by name', 3, 9],
  ['matrix: {}', 'A matrix has 2 to 32 variants, not 0.', 3, 9],
  ['matrix: { one: {} }', 'not 1.', 3, 9],
  ['matrix: { One: {}, two: {} }', 'no name of a variant', 3, 11],
  ['matrix: { one: {}, two: { behavior: {} } }', 'behavior', 3, 27],
  ['matrix: { one: {}, two: { behaviour: { userId: true } } }', 'There is no behaviour “userId”.', 3, 40],
  ['matrix: { one: {}, one: {} }', 'unique', 3, 20],
])('%s is a mistake', (matrix, message, line, column) => {
  const parsed = parse(matrix);
  if (!('diagnostics' in parsed)) throw new Error('It was read.');
  expect(parsed.diagnostics[0]).toMatchObject({ line, column });
  expect(parsed.diagnostics[0]?.message).toContain(message);
});

test('a variant is found in an id and in a file', () => {
  expect([variantOf('a/b#c'), variantOf('a/b.yaml'), variantOf('x#')]).toEqual(['c', undefined, '']);
});
