import { expect, it } from 'vitest';
import { toMetaJson } from './meta-json.ts';

it.each([
  ['plain ASCII', 'hello {"x":1}', String.raw`"hello {\"x\":1}"`],
  ['an accent', 'días', String.raw`"d\u00edas"`],
  ['an emoji, as a surrogate pair', '😀', String.raw`"\ud83d\ude00"`],
  ['a slash', 'https://wa.me', String.raw`"https:\/\/wa.me"`],
  ['an at sign', 'a@b', String.raw`"a\u0040b"`],
  ['a less-than sign', '<b>', String.raw`"\u003Cb>"`],
  ['a percent sign', '5%', String.raw`"5\u0025"`],
  ['a line separator', '\u2028', String.raw`"\u2028"`],
])('writes %s as Meta does', (_name, text, wire) => {
  expect(toMetaJson(text)).toBe(wire);
  expect(JSON.parse(wire)).toBe(text);
});
