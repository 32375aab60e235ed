import { expect, it } from 'vitest';
import { suggest } from './suggest.ts';

it.each([
  ['customer.send', ['customer.sends', 'app.sends'], 'Did you mean “customer.sends”?'],
  ['Messages', ['messages', 'media'], 'Did you mean “messages”?'],
  ['anna', ['ana', 'bruno'], 'Did you mean “ana”?'],
  ['zzz', ['ana', 'bruno'], 'Known here: ana, bruno.'],
  ['zzz', [], undefined],
  ['zzz', Array.from({ length: 21 }, (_, index) => `message-${String(index)}`), undefined],
])('suggests for %s among %j', (word, known, suggestion) => {
  expect(suggest(word, known)).toBe(suggestion);
});
