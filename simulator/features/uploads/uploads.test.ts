import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import type { JsonObject } from '../../core/json.ts';
import { openCalls, type RealCalls } from '../../real-calls.test.setup.ts';

let calls: RealCalls;
beforeEach(async () => {
  calls = await openCalls();
});
afterEach(() => calls.close());

const whole: JsonObject = { file_name: 'shop.png', file_length: 10, file_type: 'image/png' };
const start = async (change: JsonObject = {}, path = `${calls.simulator.app.id}/uploads`) =>
  calls.post(`v23.0/${path}`, { ...whole, ...change });
const sessionOf = async (change: JsonObject = {}): Promise<string> =>
  (await start(change)).json['id'] as string;

/** Sends bytes as clients do: the file as the body, token and place in the headers. */
const send = async (
  session: string,
  bytes: number,
  headers: Record<string, string> = { file_offset: '0' },
) => {
  const response = await fetch(`${calls.simulator.url}/v23.0/${session}`, {
    method: 'POST',
    headers: { authorization: `OAuth ${calls.simulator.app.token}`, ...headers },
    body: new Uint8Array(bytes),
  });
  return { status: response.status, json: (await response.json()) as JsonObject };
};
const codeOf = (json: JsonObject) => (json['error'] as JsonObject | undefined)?.['code'];

describe('an upload', () => {
  it('takes any token for the app’s where any token will do', async () => {
    await calls.close();
    calls = await openCalls('', { tokens: 'any' });
    const response = await fetch(`${calls.simulator.url}/v23.0/app/uploads`, {
      method: 'POST',
      headers: { authorization: 'Bearer nobody', 'content-type': 'application/json' },
      body: JSON.stringify(whole),
    });
    expect(await response.json()).toMatchObject({ id: expect.stringMatching(/^upload:/) as string });
  });

  it('is announced, sent and named by a handle that says what it is', async () => {
    const { json } = await start();
    expect(responseValidator('uploads')(json)).toEqual([]);
    const sent = await send(json['id'] as string, 10);
    expect(responseValidator('upload')(sent.json)).toEqual([]);
    const [, name, type, , , , app] = (sent.json['h'] as string).split(':');
    expect(atob(name ?? '')).toBe('shop.png');
    expect(atob(type ?? '')).toBe('image/png');
    expect(app).toBe(calls.simulator.app.id);
  });

  it('goes on where it was broken off', async () => {
    const session = await sessionOf();
    expect(await send(session, 4)).toEqual({ status: 200, json: {} });
    const stand = await calls.get(`v23.0/${session}`);
    expect(responseValidator('upload', 'GET')(stand.json)).toEqual([]);
    expect(stand.json).toEqual({ id: session.split('?')[0], file_offset: 4 });
    expect((await send(session, 6, { file_offset: '4' })).json).toHaveProperty('h');
  });

  it.each([
    ['escaped', encodeURIComponent],
    ['without its signature', (session: string) => session.split('?')[0] ?? ''],
  ])('is found by an id that is %s', async (_how, write) => {
    expect((await send(write(await sessionOf()), 10)).json).toHaveProperty('h');
  });

  it('takes text that looks like parameters, and more than a JSON body may hold, as bytes', async () => {
    const large = 6 * 1024 * 1024;
    const session = await sessionOf({ file_length: large });
    const headers = { file_offset: '0', 'content-type': 'application/json' };
    expect((await send(session, large, headers)).json).toHaveProperty('h');
  });

  it('is begun for the token’s app where the path has the word', async () => {
    expect((await start({}, 'app/uploads')).json).toHaveProperty('id');
  });

  it.each<[string, JsonObject]>([
    ['nothing', { file_length: 0 }],
    ['a type that is not taken', { file_type: 'image/gif' }],
  ])('of %s is refused', async (_what, change) => {
    expect(await start(change)).toMatchObject({ status: 400, json: { error: { code: 100 } } });
  });
});

describe('bytes are refused', () => {
  it.each<[string, number, Record<string, string>]>([
    ['beyond the length that was announced', 11, { file_offset: '0' }],
    ['that do not follow on those before', 5, { file_offset: '5' }],
    ['without a place', 10, {}],
  ])('%s', async (_what, bytes, headers) => {
    const session = await sessionOf();
    expect(await send(session, bytes, headers)).toMatchObject({
      status: 400,
      json: { error: { code: 100 } },
    });
    expect((await calls.get(`v23.0/${session}`)).json['file_offset']).toBe(0);
  });

  it('of a session that never was', async () => {
    const { json } = await send('upload:MTphdHRhY2htZW50', 10);
    expect(json).toMatchObject({ error: { code: 100, error_subcode: 33 } });
  });

  it('where the token stands in the query', async () => {
    const [path = ''] = (await sessionOf()).split('?');
    const token = encodeURIComponent(calls.simulator.app.token);
    const { json } = await send(`${path}?access_token=${token}`, 10, { file_offset: '0', authorization: '' });
    expect(codeOf(json)).toBe(104);
  });
});
