import { expect, test } from 'vitest';
import { globBase, globToRegExp, isGlob } from './glob.ts';

test.each([
  ['scenarios/**/*.yaml', 'scenarios/a.yaml', true],
  ['scenarios/**/*.yaml', 'scenarios/echoes/deep/a.yaml', true],
  ['scenarios/**/*.yaml', 'other/a.yaml', false],
  ['scenarios/*.yaml', 'scenarios/echoes/a.yaml', false],
  ['a?.{yaml,yml}', 'ab.yml', true],
  ['a?.{yaml,yml}', 'ab.json', false],
  ['a+b(c).yaml', 'a+b(c).yaml', true],
  ['/**', '/x/y', true],
])('%s on %s: %s', (pattern, path, expected) => {
  expect(globToRegExp(pattern).test(path)).toBe(expected);
});

test.each([
  ['scenarios/**/*.yaml', 'scenarios'],
  ['*.yaml', ''],
  ['/srv/a/*.yaml', '/srv/a'],
  ['/*.yaml', '/'],
  ['a/b.yaml', 'a'],
])('looks for %s below “%s”', (pattern, base) => {
  expect(globBase(pattern)).toBe(base);
});

test('a plain path is no pattern', () => {
  expect(isGlob('a/b.yaml')).toBe(false);
});
