/** What all of the Graph has in common, asked over HTTP. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorValidator } from '../../contracts/catalogue.ts';
import type { IssueToken } from '../core/furniture.ts';
import type { AccessToken, WabaId } from '../core/identifiers.ts';
import { openCalls, type RealCalls } from '../real-calls.test.setup.ts';

let calls: RealCalls;
let number: string;
let waba: string;

const open = async (...options: Parameters<typeof openCalls>): Promise<void> => {
  calls = await openCalls(...options);
  number = calls.cast.phoneNumberId;
  waba = calls.cast.wabaId;
};
beforeEach(() => open());
afterEach(() => calls.close());

const raw = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${calls.simulator.url}${path}`, init);

describe('headers', () => {
  test('an answer has those of Graph, and its own trace', async () => {
    const [one, two] = [await calls.get(`v23.0/${number}`), await calls.get(`v23.0/${number}`)];
    expect(Object.fromEntries(one.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'private, no-cache, no-store, must-revalidate',
      'content-type': 'application/json; charset=UTF-8',
      'facebook-api-version': 'v23.0',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect(one.headers.get('x-fb-request-id')).toMatch(/^A[\w-]{22}$/);
    expect(one.headers.get('x-fb-trace-id')).toMatch(/^[\w-]{11}$/);
    expect(one.headers.get('x-fb-request-id')).not.toBe(two.headers.get('x-fb-request-id'));
    expect(one.headers.get('etag')).toBeNull();
  });

  test('a refusal’s trace is in its body as well', async () => {
    const { headers, json } = await calls.get(`v23.0/${number}?fields=colour`);
    expect(json).toMatchObject({ error: { fbtrace_id: headers.get('x-fb-request-id') } });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('www-authenticate')).toContain('"invalid_request"');
  });

  test('a page of any origin may call', async () => {
    const response = await raw(`/v23.0/${number}/messages`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:3000',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-own',
      },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toContain('POST');
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,x-own');
  });
});

describe('versions follow the world’s clock', () => {
  const served = async (version: string) =>
    (await calls.get(`${version}${version && '/'}${number}`)).headers.get('facebook-api-version');

  test('one that has expired is served by the oldest that has not', async () => {
    const now = calls.world.nowMs();
    const inDays = (day: string): number => Math.ceil((Date.parse(day) - now) / 86_400_000);
    expect(await served('v26.0')).toBe('v26.0');
    await calls.play(`  - time.passes: ${inDays('2027-06-01')}d`);
    expect(await served('v22.0')).toBe('v23.0');
    expect(await served('')).toBe('v23.0');
    expect(await served('v24.0')).toBe('v24.0');
  });

  test('an app may have every call upgraded, and the answer says so', async () => {
    await calls.close();
    await open('', { upgradesCalls: true });
    const { headers } = await calls.get(`v23.0/${number}`);
    expect(headers.get('facebook-api-version')).toBe('v26.0');
    expect(headers.get('x-ad-api-version-warning')).toContain('auto-upgraded to v26.0 as v23.0');
  });

  test('one that never was is part of the path', async () => {
    for (const version of ['v99.0', 'v23.1', 'v16.0']) {
      const { status, json } = await calls.get(`${version}/me`);
      expect([status, json]).toMatchObject([
        400,
        { error: { code: 2500, message: 'Unknown path components: /me' } },
      ]);
    }
  });
});

describe('who calls', () => {
  test('/me wants a token in words of its own', async () => {
    const error = await raw('/v23.0/me').then((response) => response.json());
    expect(error).toMatchObject({
      error: { code: 2500, message: expect.stringContaining('active access token') as string },
    });
  });

  test('appsecret_proof is held to the token, and never journalled', async () => {
    const { token, secret } = calls.simulator.app;
    const proof = createHmac('sha256', secret).update(token).digest('hex');
    expect((await calls.get(`v23.0/${number}?appsecret_proof=${proof}`)).status).toBe(200);
    const wrong = await calls.get(`v23.0/${number}?appsecret_proof=${proof.replace(/.$/, 'x')}`);
    expect(wrong).toMatchObject({
      status: 400,
      json: {
        error: {
          code: 100,
          type: 'GraphMethodException',
          message: expect.stringContaining('Invalid appsecret_proof') as string,
        },
      },
    });
    expect(JSON.stringify(calls.world.journal.since(0))).not.toContain(proof);
  });

  test('an app may want it of every call', async () => {
    await calls.close();
    await open('', { appSecretProof: 'required' });
    const { status, json } = await calls.get(`v23.0/${number}`);
    expect([status, json]).toMatchObject([
      400,
      { error: { code: 100, message: expect.stringContaining('require') as string } },
    ]);
  });

  test('a token of one account reaches no template of another', async () => {
    const templates = await calls.get(`v23.0/${waba}/message_templates?fields=id`);
    const [template] = templates.json['data'] as { id: string }[];
    const issue = (token: string, wabaId: string): void => {
      const command: IssueToken = {
        type: 'issue-token',
        token: token as AccessToken,
        appId: calls.cast.appId,
        kind: 'system-user',
        scopes: ['whatsapp_business_management'],
        wabaIds: [wabaId as WabaId],
      };
      calls.world.graph.engine.execute(command);
    };
    issue('EAAforeign', '1');
    issue('EAAown', waba);
    const ask = (id: string, token = 'EAAforeign') =>
      raw(`/v23.0/${id}?access_token=${token}`).then(async (response) => [
        response.status,
        await response.json(),
      ]);
    for (const id of [template?.id ?? '', number, waba])
      expect(await ask(id)).toMatchObject([403, { error: { code: 200 } }]);
    expect(await ask(template?.id ?? '', 'EAAown')).toMatchObject([200, { id: template?.id }]);
  });
});

describe('how much of the hour is used', () => {
  const usage = (headers: Headers) =>
    JSON.parse(headers.get('x-business-use-case-usage') ?? 'null') as unknown;

  test('sending uses none, management does; beyond the most is refused until there is room', async () => {
    await calls.close();
    await open('', { managementCallsAnHour: 4 });
    const sent = await calls.post(`v23.0/${number}/messages`, {});
    expect(usage(sent.headers)).toMatchObject({ [waba]: [{ type: 'whatsapp', call_count: 0 }] });
    for (let call = 1; call <= 4; call += 1) {
      const { status, headers } = await calls.get(`v23.0/${waba}/message_templates`);
      expect(status).toBe(200);
      expect(usage(headers)).toMatchObject({
        [waba]: [{ type: 'whatsapp_business_management', call_count: 25 * call }],
      });
    }
    await calls.play('  - time.passes: 20m');
    const over = await calls.get(`v23.0/${waba}/message_templates`);
    expect(over).toMatchObject({ status: 400, json: { error: { code: 80_008 } } });
    expect(usage(over.headers)).toMatchObject({
      [waba]: [{ call_count: 100, estimated_time_to_regain_access: 40 }],
    });
    expect(await calls.get(`v23.0/${waba}`)).toMatchObject({
      status: 400,
      json: { error: { code: 80_007 } },
    });
    expect((await calls.post(`v23.0/${number}/messages`, {})).json).not.toMatchObject({
      error: { code: 80_007 },
    });
    await calls.play('  - time.passes: 61m');
    expect((await calls.get(`v23.0/${waba}`)).status).toBe(200);
  });

  test('where no account is concerned, the app’s is told', async () => {
    const { headers } = await calls.get('v23.0/me');
    expect(headers.get('x-app-usage')).toBe('{"call_count":0,"total_cputime":0,"total_time":0}');
    expect(headers.get('x-business-use-case-usage')).toBeNull();
  });
});

describe('edges asked for as fields', () => {
  test('of a node, with a limit and fields of their own', async () => {
    const { json } = await calls.get(
      `v23.0/${waba}?fields=name,phone_numbers{status},message_templates.limit(1){name}`,
    );
    expect(json).toMatchObject({
      phone_numbers: { data: [{ status: 'CONNECTED', id: number }] },
      message_templates: { data: [{ name: expect.any(String) as string }], paging: { cursors: {} } },
      id: waba,
    });
    const { data } = json['message_templates'] as { data: object[] };
    expect(data).toHaveLength(1);
    expect(Object.keys(data[0] ?? {})).toEqual(['name', 'id']);
  });

  test('of each node in a list', async () => {
    const business = calls.world.world.wabas.get(calls.cast.wabaId)?.ownerBusinessId ?? '';
    const { json } = await calls.get(
      `v23.0/${business}/owned_whatsapp_business_accounts?fields=id,phone_numbers{id}`,
    );
    expect(json['data']).toEqual([
      expect.objectContaining({
        id: waba,
        phone_numbers: expect.objectContaining({ data: [{ id: number }] }) as object,
      }),
    ]);
  });

  test('what is no edge of the node is no field either; what is refused there is refused', async () => {
    expect(await calls.get(`v23.0/${number}?fields=message_templates{id}`)).toMatchObject({
      status: 400,
      json: { error: { code: 100 } },
    });
    expect(await calls.get(`v23.0/${waba}?fields=phone_numbers{colour}`)).toMatchObject({
      status: 400,
      json: { error: { message: expect.stringContaining('(colour)') as string } },
    });
  });
});

test('metadata=1: a node says what its kind has', async () => {
  const { body } = await calls.get(`v23.0/${waba}?fields=name&metadata=1`);
  const { metadata } = body as {
    metadata: { fields: { name: string }[]; connections: Record<string, string>; type: string };
  };
  expect(metadata.fields.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['id', 'name', 'timezone_id']),
  );
  expect(metadata.connections['phone_numbers']).toBe(`${calls.simulator.url}/v23.0/${waba}/phone_numbers`);
  const followed = await fetch(metadata.connections['phone_numbers'] ?? '', {
    headers: { authorization: `Bearer ${calls.simulator.app.token}` },
  });
  expect(followed.status).toBe(200);
  expect((await calls.get(`v23.0/${waba}?fields=name`)).json).not.toHaveProperty('metadata');
});

describe('batches', () => {
  const batch = (items: unknown, more: object = {}) =>
    calls.post('v23.0/', { batch: items as never, include_headers: false, ...more });

  test('each call has its answer, in order', async () => {
    const { status, body } = await batch([
      { method: 'GET', relative_url: `${number}?fields=id` },
      { method: 'GET', relative_url: 'v25.0/nonsense/here' },
      { method: 'POST', relative_url: `${number}/messages`, body: 'messaging_product=whatsapp&to=x' },
    ]);
    expect(status).toBe(200);
    const answers = body as { code: number; body: string }[];
    expect(answers.map(({ code }) => code)).toEqual([200, 400, 400]);
    expect(JSON.parse(answers[0]?.body ?? '')).toEqual({ id: number });
    for (const { body } of answers.slice(1)) expect(errorValidator()(JSON.parse(body))).toEqual([]);
  });

  test('headers are shown unless they are unwanted', async () => {
    const { body } = await batch([{ method: 'GET', relative_url: `v24.0/${number}` }], {
      include_headers: true,
    });
    const [{ headers }] = body as [{ headers: { name: string; value: string }[] }];
    expect(headers).toContainEqual({ name: 'facebook-api-version', value: 'v24.0' });
  });

  test('what depends on a call that failed is not carried out', async () => {
    const send = { method: 'GET', relative_url: number };
    const { body } = await batch([
      { ...send, relative_url: '1234567', name: 'first' },
      { ...send, depends_on: 'first' },
      { ...send, name: 'third' },
      { ...send, depends_on: 'third' },
    ]);
    expect((body as ({ code: number } | null)[]).map((one) => one?.code ?? null)).toEqual([
      400,
      null,
      null,
      200,
    ]);
  });

  test.each([
    ['no list', 'x'],
    ['no method', [{ relative_url: 'me' }]],
    ['51 calls', Array.from({ length: 51 }, () => ({ method: 'GET', relative_url: 'me' }))],
  ])('%s is refused as a whole', async (_what, items) => {
    expect(await batch(items)).toMatchObject({ status: 400, json: { error: { code: 100 } } });
  });

  test('without a token, nothing', async () => {
    const response = await raw('/v23.0/', { method: 'POST', body: new URLSearchParams({ batch: '[]' }) });
    expect(await response.json()).toMatchObject({ error: { code: 104 } });
  });
});

describe('several nodes by id', () => {
  test('until v25.0', async () => {
    const { json } = await calls.get(`v25.0/?ids=${number},${waba}&fields=id`);
    expect(json).toEqual({ [number]: { id: number }, [waba]: { id: waba } });
    expect(await calls.get(`v25.0/?ids=${number},123`)).toMatchObject({
      status: 400,
      json: { error: { code: 100, error_subcode: 33 } },
    });
  });
  test('no more from v26.0', async () => {
    expect(await calls.get(`v26.0/?ids=${number}`)).toMatchObject({
      status: 400,
      json: { error: { code: 100 } },
    });
  });
});
