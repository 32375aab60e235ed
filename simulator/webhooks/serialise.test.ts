import { expect, it } from 'vitest';
import { serialise, type Change } from './serialise.ts';

const message = (text: string, entryId = '1'): Change => ({ entryId, field: 'messages', value: { text } });
const update = (timeSeconds: number): Change => ({
  entryId: '1',
  timeSeconds,
  field: 'account_update',
  value: {},
});

it.each<[string, readonly Change[], string]>([
  [
    'no time on a message field',
    [message('a')],
    '{"id":"1","changes":[{"value":{"text":"a"},"field":"messages"}]}',
  ],
  [
    'the time between id and changes',
    [update(1_790_000_000)],
    '{"id":"1","time":1790000000,"changes":[{"value":{},"field":"account_update"}]}',
  ],
  [
    'neighbours of one account in one entry',
    [message('a'), message('b')],
    '{"id":"1","changes":[{"value":{"text":"a"},"field":"messages"},{"value":{"text":"b"},"field":"messages"}]}',
  ],
  [
    'another account in an entry of its own',
    [message('a'), message('b', '2')],
    '{"id":"1","changes":[{"value":{"text":"a"},"field":"messages"}]},{"id":"2","changes":[{"value":{"text":"b"},"field":"messages"}]}',
  ],
  [
    'another time in an entry of its own',
    [update(1), update(2)],
    '{"id":"1","time":1,"changes":[{"value":{},"field":"account_update"}]},{"id":"1","time":2,"changes":[{"value":{},"field":"account_update"}]}',
  ],
])('writes %s', (_name, changes, entries) => {
  expect(serialise(changes)).toBe(`{"object":"whatsapp_business_account","entry":[${entries}]}`);
});

it.each([
  ['an accent', 'é', '\\u00e9'],
  ['an emoji', '😀', '\\ud83d\\ude00'],
  ['half an emoji', '\ud83d', '\\ud83d'],
  ['slash, at, less-than, percent', '/@<%', '\\/\\u0040\\u003C\\u0025'],
  ['ampersand, apostrophe, greater-than as they are', "&'>", "&'>"],
])('escapes %s in keys and values', (_name, text, wire) => {
  expect(serialise([message(text)])).toContain(`{"text":"${wire}"}`);
  expect(serialise([{ entryId: '1', field: 'messages', value: { [text]: 1 } }])).toContain(`{"${wire}":1}`);
});
