import { expect, it } from 'vitest';
import type { FieldSet } from '../core/feature.ts';
import { refusalOfFields, selectFields } from './select.ts';

const set: FieldSet = { nodeType: 'Shop', known: ['name', 'owner', 'numbers'], byDefault: ['name'] };
const node = {
  id: '1',
  name: 'Fern',
  owner: { id: '2', name: 'Lu', city: 'Recife' },
  numbers: { data: [{ id: '3', status: 'CONNECTED', name: 'A' }], paging: { cursors: {} } },
};

it('unasked, the usual fields and the id last', () => {
  expect(JSON.stringify(selectFields(set, node, undefined))).toBe('{"name":"Fern","id":"1"}');
});

it('what is asked for, in the order asked, and below it as well', () => {
  const asked = ['owner{name}', 'id', 'name'];
  expect(JSON.stringify(selectFields(set, node, asked))).toBe(
    '{"owner":{"name":"Lu","id":"2"},"name":"Fern","id":"1"}',
  );
});

it('of a list, of each node in it; of an edge as a field, of each node in its data', () => {
  expect(selectFields(set, { data: [node, node] }, ['name'])).toEqual({
    data: [
      { name: 'Fern', id: '1' },
      { name: 'Fern', id: '1' },
    ],
  });
  expect(selectFields(set, node, ['numbers.limit(5){status}'])).toEqual({
    numbers: { data: [{ status: 'CONNECTED', id: '3' }], paging: { cursors: {} } },
    id: '1',
  });
});

it('says what the kind of node does not have; names of every object there is are none', () => {
  expect(refusalOfFields(set, ['name', 'colour{x}'])?.message).toBe(
    'Tried accessing nonexisting field (colour) on node type (Shop)',
  );
  expect(refusalOfFields(set, ['constructor'])?.code).toBe(100);
  expect(refusalOfFields(set, ['name', 'id', 'owner{anything}'])).toBeUndefined();
  expect(selectFields(set, node, ['constructor'])).toEqual({ id: '1' });
});
