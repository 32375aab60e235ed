import { expect, test } from 'vitest';
import { fill, fillVariables, unknownPlaceholders } from './placeholders.ts';

test('fills what it knows and leaves the rest', () => {
  expect(fill('http://127.0.0.1:{port}/{customer}', { port: '81' })).toBe('http://127.0.0.1:81/{customer}');
});

test('a variable is no placeholder', () => {
  expect(fill('${port}', { port: '81' })).toBe('${port}');
});

test('names what nobody fills, with a suggestion', () => {
  expect(unknownPlaceholders('{portt} {port}', ['port', 'graph'])).toEqual([
    'Nothing fills “{portt}”. Did you mean “port”?',
  ]);
});

test('variables: set, with a value of their own, missing', () => {
  const missing: string[] = [];
  const filled = fillVariables('${A}-${B:-b}-${C}', { A: 'a' }, (name) => missing.push(name));
  expect(filled).toBe('a-b-');
  expect(missing).toEqual(['C']);
});
