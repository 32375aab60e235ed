import { describe, expect, it } from 'vitest';
import { readFields, readParams, readTarget, readToken, type RawRequest } from './read-request.ts';

const raw = (request: Partial<RawRequest> & { text?: string }): RawRequest => ({
  method: 'POST',
  target: '/v23.0/1/messages',
  body: Buffer.from(request.text ?? ''),
  ...request,
});

describe('a path', () => {
  it.each([
    ['/v23.0/123/messages', { version: 'v23.0', nodeId: '123', edge: 'messages' }],
    ['/123/messages/', { nodeId: '123', edge: 'messages' }],
    ['/123', { nodeId: '123', edge: '' }],
    [
      '/v19.0/oauth/access_token?code=x',
      { version: 'v19.0', nodeId: '', edge: 'oauth/access_token', query: 'code=x' },
    ],
    ['/debug_token', { nodeId: '', edge: 'debug_token' }],
    ['/v23.0/upload:MTp=?sig=AR', { version: 'v23.0', nodeId: 'upload:MTp=', edge: '', query: 'sig=AR' }],
    ['/upload%3AMTp%3D%3Fsig%3DAR', { nodeId: 'upload:MTp=', edge: '', query: 'sig=AR' }],
    ['/v23.0/1/upload%3A', { nodeId: '1', edge: 'upload%3A' }],
    ['/', { nodeId: '', edge: '' }],
    ['//v23.0//123', { version: 'v23.0', nodeId: '123', edge: '' }],
  ])('%s', (target, parts) => {
    expect(readTarget(target)).toMatchObject(parts);
  });
});

describe('a body', () => {
  it.each([
    ['JSON', raw({ contentType: 'application/json', text: '{"a":1}' }), { a: 1 }],
    ['JSON without a content type', raw({ text: '{"a":1}' }), { a: 1 }],
    [
      'a form',
      raw({ contentType: 'application/x-www-form-urlencoded', text: 'a=1&b=%7B%22c%22%3A2%7D' }),
      { a: '1', b: { c: 2 } },
    ],
    [
      'JSON sent as a form',
      raw({ contentType: 'application/x-www-form-urlencoded', text: '{"a":1}' }),
      { a: 1 },
    ],
    ['nothing', raw({}), {}],
  ])('%s', (_name, request, params) => {
    expect(readParams(request, '')).toEqual({ kind: 'read', params });
  });

  it('goes before the query', () => {
    const request = raw({ contentType: 'application/json', text: '{"a":1}' });
    expect(readParams(request, 'a=2&b=3')).toEqual({ kind: 'read', params: { a: 1, b: '3' } });
  });

  it('counts for nothing on a GET', () => {
    expect(readParams(raw({ method: 'GET', text: '{"access_token":"x"}' }), 'a=2')).toEqual({
      kind: 'read',
      params: { a: '2' },
    });
  });

  it.each([
    ['broken JSON', '{"a":'],
    ['a list', '[1]'],
    ['a bare word', 'hello'],
  ])('that is %s cannot be read', (_name, text) => {
    expect(readParams(raw({ contentType: 'application/json', text }), '')).toMatchObject({
      kind: 'unreadable',
    });
  });

  it('of several parts is read with its files', async () => {
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('file', new Blob(['bytes'], { type: 'image/png' }), 'a.png');
    const encoded = new Response(form);
    const contentType = encoded.headers.get('content-type') ?? '';
    const body = Buffer.from(await encoded.arrayBuffer());
    const read = await readParams(raw({ contentType, body }), '');
    expect(read).toMatchObject({
      params: { messaging_product: 'whatsapp' },
      files: { file: { name: 'a.png', mimeType: 'image/png' } },
    });
  });

  it('that only claims to be multipart cannot be read', async () => {
    const read = await readParams(raw({ contentType: 'multipart/form-data', text: 'x' }), '');
    expect(read).toMatchObject({ kind: 'unreadable' });
  });
});

it.each([
  ['a,b', ['a', 'b']],
  ['a, b{c,d},e.limit(2)', ['a', 'b{c,d}', 'e.limit(2)']],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [undefined, undefined],
])('fields=%s', (value, fields) => {
  expect(readFields(value)).toEqual(fields);
});

it.each([
  ['Bearer abc', {}, 'abc'],
  ['bearer abc', {}, 'abc'],
  [undefined, { access_token: 'xyz' }, 'xyz'],
  ['Bearer abc', { access_token: 'xyz' }, 'abc'],
  ['abc', {}, ''],
])('token from %s and %o', (authorization, params, token) => {
  expect(readToken(raw(authorization === undefined ? {} : { authorization }), params)).toBe(token);
});
