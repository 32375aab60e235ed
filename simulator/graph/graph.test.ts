import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorValidator } from '../../contracts/catalogue.ts';
import { createEngine, type Engine } from '../core/engine.ts';
import {
  furniture,
  type CreateApp,
  type CreateNumber,
  type CreatedNumber,
  type IssueToken,
} from '../core/furniture.ts';
import type { AccessToken, AppId } from '../core/identifiers.ts';
import { epochMs } from '../core/time.ts';
import { createWorld } from '../core/world.ts';
import { smbAppDataFeature } from '../features/smb-app-data/feature.ts';
import { forcedRefusals } from './forced.ts';
import { generatedAnswers } from './generated/feature.ts';
import { createFrontDoor } from './front-door.ts';
import { createGraph, type GraphRecord } from './graph.ts';

const features = [furniture, forcedRefusals, generatedAnswers, smbAppDataFeature];
const nowMs = epochMs(Date.UTC(2026, 9, 1));
const scopes = ['whatsapp_business_messaging', 'whatsapp_business_management'];

let engine: Engine;
let server: Server;
let url: string;
let phoneNumberId: string;
let records: GraphRecord[];
let bugs: unknown[];

beforeEach(async () => {
  engine = createEngine(createWorld('graph'), features, nowMs);
  const app: CreateApp = {
    type: 'create-app',
    appId: '111' as AppId,
    name: 'App',
    secret: 'secret',
    fields: [],
  };
  engine.execute(app);
  const number: CreateNumber = {
    type: 'create-number',
    state: 'coexistence',
    country: 'US',
    onboardedAtMs: nowMs,
  };
  const created = engine.execute<CreatedNumber>(number);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  phoneNumberId = created.reply.phoneNumberId;
  issue('EAAgood', scopes);
  records = [];
  bugs = [];
  const world = {
    engine,
    catchUp: () => undefined,
    pump: () => undefined,
    exchanges: 0,
    record: (exchange: GraphRecord) => {
      world.exchanges += 1;
      records.push(exchange);
    },
  };
  const graph = createGraph({
    features,
    locate: () => world,
    handshake: () => Promise.resolve({ kind: 'echoed' }),
  });
  server = createFrontDoor({ graph, hosts: new Set(['localhost']), onBug: (error) => bugs.push(error) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(bugs).toEqual([]);
});

function issue(token: string, granted: readonly string[]): void {
  const command: IssueToken = {
    type: 'issue-token',
    token: token as AccessToken,
    appId: '111' as AppId,
    kind: 'system-user',
    scopes: granted,
  };
  engine.execute(command);
}

const sync = { messaging_product: 'whatsapp', sync_type: 'history' };
const post = (path: string, body: unknown = sync, headers: Record<string, string> = {}) =>
  fetch(url + path, {
    method: 'POST',
    headers: { authorization: 'Bearer EAAgood', 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const errorOf = async (response: Response): Promise<Record<string, unknown>> => {
  const body: unknown = await response.json();
  expect(errorValidator()(body)).toEqual([]);
  return (body as { error: Record<string, unknown> }).error;
};

describe('a call that is right', () => {
  it.each([
    '/v23.0/ID/smb_app_data',
    '/ID/smb_app_data',
    '/v25.0/ID/smb_app_data/',
    '/v17.0/ID/smb_app_data',
  ])('is answered under %s', async (path) => {
    const response = await post(path.replace('ID', phoneNumberId));
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ messaging_product: 'whatsapp' });
  });

  it('may come as a form, with the token in the query', async () => {
    const response = await fetch(`${url}/v23.0/${phoneNumberId}/smb_app_data?access_token=EAAgood`, {
      method: 'POST',
      body: new URLSearchParams(sync),
    });
    expect(response.status).toBe(200);
  });

  it('may use the app’s own token only where no scope is asked for', async () => {
    const response = await post(`/${phoneNumberId}/smb_app_data`, sync, {
      authorization: 'Bearer 111|secret',
    });
    expect(response.status).toBe(403);
  });

  it('names the version that answered: an expired one is served by the oldest usable', async () => {
    const versions = await Promise.all(
      ['/v17.0', '/v23.0', ''].map(async (version) => {
        const response = await post(`${version}/${phoneNumberId}/smb_app_data`);
        return response.headers.get('facebook-api-version');
      }),
    );
    expect(versions).toEqual(['v21.0', 'v23.0', 'v21.0']);
  });

  it('is journalled without the token', async () => {
    await post(`/${phoneNumberId}/smb_app_data?access_token=EAAgood`);
    expect(records).toMatchObject([{ edge: 'smb-app-data', params: sync, status: 200 }]);
    expect(JSON.stringify(records)).not.toContain('EAAgood');
  });
});

describe('a call that WhatsApp would refuse gets Meta’s envelope', () => {
  const edge = () => `/v23.0/${phoneNumberId}/smb_app_data`;

  it.each([
    ['no token', { authorization: '' }, 400, 104],
    ['an unknown token', { authorization: 'Bearer EAAbad' }, 401, 190],
    ['a scheme other than Bearer', { authorization: 'Basic EAAgood' }, 400, 104],
  ])('%s', async (_name, headers, status, code) => {
    const response = await post(edge(), sync, headers);
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toMatchObject({ code, type: 'OAuthException' });
    expect(response.headers.get('www-authenticate')).toContain('invalid_token');
  });

  it('a token without the scope', async () => {
    issue('EAAnarrow', ['whatsapp_business_messaging_of_others']);
    const response = await post(edge(), sync, { authorization: 'Bearer EAAnarrow' });
    expect([response.status, (await errorOf(response))['code']]).toEqual([403, 10]);
  });

  it.each([
    [
      'a node that does not exist',
      '/v23.0/999999999999999/smb_app_data',
      400,
      { code: 100, error_subcode: 33 },
    ],
    [
      'an edge that does not exist',
      '/v23.0/ID/nonsense',
      400,
      { code: 2500, message: 'Unknown path components: /nonsense' },
    ],
    ['a version that never was', '/v99.0/ID/smb_app_data', 400, { code: 2500 }],
    ['an alias', '/v23.0/nobody', 404, { code: 803 }],
    ['the root', '/', 400, { code: 2500 }],
  ])('%s', async (_name, path, status, error) => {
    const response = await post(path.replace('ID', phoneNumberId));
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toMatchObject(error);
  });

  it('a method the edge has not', async () => {
    const response = await fetch(url + edge(), {
      method: 'PUT',
      headers: { authorization: 'Bearer EAAgood' },
    });
    const error = await errorOf(response);
    expect(error).toMatchObject({ code: 100, error_subcode: 33, type: 'GraphMethodException' });
    expect(error['message']).toMatch(/^Unsupported put request\./);
  });

  it.each([
    ['broken JSON', '{"messaging_product"', 'The request body is not valid JSON.'],
    ['a list', '[]', 'The request body must be a JSON object.'],
    ['a missing parameter', { sync_type: 'history' }, '(#100) The parameter messaging_product is required.'],
    [
      'a wrong value',
      { ...sync, messaging_product: 'x' },
      '(#100) Param messaging_product must be one of {WHATSAPP} - got "x".',
    ],
  ])('%s', async (_name, body, message) => {
    const response = await post(edge(), body);
    expect(response.status).toBe(400);
    const error = await errorOf(response);
    expect(error['code']).toBe(100);
    expect(error['message']).toContain(message);
  });

  it('a body that is too large, and hangs up', async () => {
    const response = await post(edge(), `{"x":"${'y'.repeat(6 * 1024 * 1024)}"}`).catch(
      (error: unknown) => error,
    );
    // The server stops reading; a client that is still writing may see the connection break instead of the answer.
    if (response instanceof Response)
      expect([response.status, (await errorOf(response))['code']]).toEqual([413, 100]);
    expect(engine.log.recent().some(({ event }) => event.type === 'history-sync-requested')).toBe(false);
  });

  it('says how sure it is, in headers nobody takes for Meta’s', async () => {
    const response = await post(edge(), sync, { authorization: 'Bearer EAAbad' });
    expect(response.headers.get('x-coex-evidence')).toBe('observed');
  });

  it('gives every refusal a trace id of its own, in body and header alike', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => post(edge(), {})));
    const ids = [(await errorOf(first!))['fbtrace_id'], (await errorOf(second!))['fbtrace_id']];
    expect(ids[0]).not.toBe(ids[1]);
    expect(first!.headers.get('x-fb-request-id')).toBe(ids[0]);
  });
});

describe('an ordered refusal', () => {
  it('is given as often as it was ordered, and then no more', async () => {
    engine.execute({ type: 'refuse-next', edge: 'smb-app-data', code: 2593108, times: 2 } as {
      type: string;
    });
    const statuses = [];
    for (let call = 0; call < 3; call += 1)
      statuses.push((await post(`/${phoneNumberId}/smb_app_data`)).status);
    expect(statuses).toEqual([400, 400, 200]);
  });

  it('of a code the edge does not know is the operator’s mistake', () => {
    const command = { type: 'refuse-next', edge: 'smb-app-data', code: 7, times: 1 } as { type: string };
    expect(engine.execute(command)).toMatchObject({ kind: 'mistaken' });
  });
});

describe('the door', () => {
  it('turns away names that are not its own', async () => {
    const status = await new Promise<string>((resolve) => {
      const { port } = server.address() as AddressInfo;
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n'),
      );
      socket.once('data', (data) => {
        resolve(data.toString().split('\r\n')[0] ?? '');
        socket.destroy();
      });
    });
    expect(status).toContain('421');
  });

  it('survives a client that goes away in the middle of its body', async () => {
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          `POST /${phoneNumberId}/smb_app_data HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{`,
        );
        socket.destroy();
        resolve();
      });
    });
    expect((await post(`/${phoneNumberId}/smb_app_data`)).status).toBe(200);
  });

  it('escapes what it answers as Meta does', async () => {
    const text = await (await post('/v23.0/999999999999999/x')).text();
    expect(text).toContain(String.raw`https:\/\/developers.facebook.com`);
  });
});
