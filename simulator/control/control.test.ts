import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createSimulator, type Simulator } from '../index.ts';
import { parseScenario } from '../../scenarios/language/parse.ts';
import { control } from './index.ts';

let sink: Server;
let webhooks: string[];
let simulator: Simulator;

beforeEach(async () => {
  webhooks = [];
  sink = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      webhooks.push(body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  simulator = await open();
});

afterEach(async () => {
  await simulator.close();
  sink.closeAllConnections();
  await new Promise((resolve) => sink.close(resolve));
});

const open = (operatorToken?: string): Promise<Simulator> =>
  createSimulator({
    pace: 'live',
    app: { callbackUrl: `http://127.0.0.1:${(sink.address() as AddressInfo).port}/hook` },
    attach: control({ obligations: () => [], ...(operatorToken !== undefined && { operatorToken }) }),
  });

const world = (path = ''): string => `${simulator.url}/_coex/worlds/default${path}`;
const send = (path: string, body: unknown, type = 'application/json'): Promise<Response> =>
  fetch(world(path), {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const opening =
  'scenario: By hand\ncustomers: { ana: { country: BR } }\nsteps:\n  - customer.sends: { from: ana, text: Oi, as: first }\n';

describe('the control API', () => {
  it('plays a scenario, and has delivered what it caused before it answers', async () => {
    const answer = await send('/scenario', opening, 'text/yaml');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ steps: [{ step: 'customer.sends', kind: 'done' }] });
    expect(webhooks).toHaveLength(1);
  });

  it('goes on with the people and messages that are there', async () => {
    await send('/scenario', opening, 'text/yaml');
    const answer = await send('/steps', {
      steps: [
        { 'app.sends': { to: 'ana', text: 'Olá' } },
        { 'customer.edits': { from: 'ana', message: 'first', text: 'Oi!' } },
      ],
    });
    expect([answer.status, webhooks.length]).toEqual([200, 3]);
    expect(webhooks[2]).toContain('"type":"edit"');
  });

  it('lets time pass, with everything that was due on the way', async () => {
    await send('/scenario', opening, 'text/yaml');
    const before = Date.now();
    const answer = (await (await send('/time', { advance: '14d' })).json()) as { now: string };
    expect(Date.parse(answer.now) - before).toBeGreaterThanOrEqual(14 * 86_400_000 - 1_000);
    expect(webhooks.at(-1)).toContain('PRIMARY_INACTIVITY');
  });

  it('shows world, journal and log, and neither secret nor token', async () => {
    await send('/scenario', opening, 'text/yaml');
    const texts = await Promise.all(
      ['', '/journal', '/log'].map(async (path) => (await fetch(world(path))).text()),
    );
    expect(texts[0]).toContain('coexistence');
    expect(JSON.parse(texts[1]!)).toMatchObject({ newest: 1, exchanges: [{ field: 'messages' }] });
    expect(texts[2]).toContain('message-received');
    for (const text of texts.slice(0, 2)) {
      expect(text).not.toContain(simulator.app.secret);
      expect(text).not.toContain(simulator.app.token);
    }
  });

  it.each([
    [
      'a typo in a step, with its place',
      '/scenario',
      'scenario: x\nsteps:\n  - customer.send: {}\n',
      'customer.sends',
    ],
    ['steps before there is anybody', '/steps', 'steps: [app.opens]', 'POST …/scenario comes first'],
    ['a duration without unit', '/time', '{"advance":"14"}', 'with a unit'],
    ['a body that is no JSON', '/time', '{', 'JSON'],
  ])('explains %s', async (_name, path, body, text) => {
    const answer = await send(path, body, path === '/time' ? 'application/json' : 'text/yaml');
    expect(answer.status).toBe(400);
    expect(JSON.stringify(await answer.json())).toContain(text);
  });

  it('adds customers, and speaks of messages by their ids', async () => {
    await send('/scenario', opening, 'text/yaml');
    const added = await send('/customers', { rui: { name: 'Rui', hidesNumber: true, username: 'rui' } });
    expect(await added.json()).toHaveProperty('customers.rui.waId');
    expect((await send('/customers', { rui: {} })).status).toBe(400);
    const played = (await (
      await send('/steps', { steps: [{ 'app.sends': { to: 'rui', text: 'Olá' } }] })
    ).json()) as { steps: { wamid: string }[] };
    const edited = await send('/steps', {
      steps: [{ 'app.edits': { message: played.steps[0]!.wamid, text: 'Oi' } }],
    });
    expect(edited.status).toBe(200);
    expect(webhooks.at(-1)).toContain('"type":"edit"');
  });

  it('resends what is kept, and says so where it is not', async () => {
    await send('/scenario', opening, 'text/yaml');
    expect((await send('/journal/1/resend', {})).status).toBe(200);
    expect([webhooks.length, webhooks[1]]).toEqual([2, webhooks[0]]);
    const { phoneNumberId } = simulator.defaultWorld.cast!;
    const call = `${simulator.url}/v23.0/${phoneNumberId}?fields=id`;
    await fetch(call, { headers: { authorization: `Bearer ${simulator.app.token}` } });
    const newest = simulator.defaultWorld.journal.newest;
    await send(`/journal/${newest}/resend`, {});
    expect(simulator.defaultWorld.journal.since(newest)).toMatchObject([{ method: 'GET', status: 200 }]);
    expect((await send('/journal/999/resend', {})).status).toBe(400);
    expect((await fetch(world('/journal/999'))).status).toBe(404);
  });

  it.each([
    ['a signature that is another’s', 'wrong-signature', 'wrong'],
    ['one that is missing', 'no-signature', 'missing'],
  ])('tells %s', async (_what, rule, signature) => {
    const faulty = opening.replace('steps:\n', `steps:\n  - webhooks.fault: { rule: ${rule} }\n`);
    await send('/scenario', faulty, 'text/yaml');
    expect(await (await fetch(world('/journal/1'))).json()).toMatchObject({ signature, findings: [] });
  });

  it('lets time stand still and run', async () => {
    expect(await (await send('/time', { speed: 0 })).json()).toMatchObject({ speed: 0 });
    const still = simulator.defaultWorld.nowMs();
    await send('/time', { speed: 3_600 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(simulator.defaultWorld.nowMs()).toBeGreaterThan(still + 10_000);
    expect((await send('/time', { speed: 3_601 })).status).toBe(400);
  });

  it('opens worlds, and closes all but the first', async () => {
    const open = (body: object) =>
      fetch(`${simulator.url}/_coex/worlds`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await open({ name: 'Loja 2' })).status).toBe(201);
    expect((await open({ name: 'Loja 2' })).status).toBe(400);
    expect((await open({ name: '../x' })).status).toBe(400);
    // One that cannot be set up is not there, either.
    expect((await open({ name: 'Loja 3', scenario: { scenario: 'x' } })).status).toBe(400);
    expect(simulator.worlds().map(({ name }) => name)).toEqual(['default', 'Loja 2']);
    const remove = (name: string) =>
      fetch(`${simulator.url}/_coex/worlds/${encodeURIComponent(name)}`, { method: 'DELETE' });
    expect([(await remove('Loja 2')).status, (await remove('default')).status]).toEqual([200, 400]);
  });

  it('keeps what was played as a scenario', async () => {
    await send('/scenario', opening, 'text/yaml');
    await send('/customers', { rui: { name: 'Rui' } });
    const answer = (await (
      await send('/steps', { steps: [{ 'app.sends': { to: 'rui', text: 'yes' } }, 'app.opens'] })
    ).json()) as { steps: { wamid?: string }[] };
    await send('/steps', { steps: [{ 'app.edits': { message: answer.steps[0]!.wamid, text: 'no' } }] });
    await send('/time', { advance: '1h' });
    const kept = parseScenario(await (await fetch(world('/scenario.yaml'))).text(), 'x', 'x', {
      obligations: new Set(),
    });
    if (!('scenario' in kept)) throw new Error(JSON.stringify(kept.diagnostics));
    expect(kept.scenario.customers).toMatchObject({ ana: { country: 'BR' }, rui: { name: 'Rui' } });
    expect(kept.scenario.steps).toMatchObject([
      { does: 'customer.sends', content: { text: 'Oi' } },
      { does: 'app.sends', to: 'rui', content: { text: 'yes' }, as: 'message-3' },
      { does: 'app.opens' },
      { does: 'app.edits', message: 'message-3', text: 'no' },
      { does: 'time.passes', durationMs: 3_600_000 },
    ]);
  });

  it('keeps as expectations what the system sent since the setup, and no receipts', async () => {
    const sends = (body: object) => {
      const { phoneNumberId } = simulator.defaultWorld.cast!;
      return fetch(`${simulator.url}/v23.0/${phoneNumberId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${simulator.app.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ messaging_product: 'whatsapp', ...body }),
      });
    };
    const answers = () => {
      const { customers, messages } = simulator.defaultWorld.cast!;
      return [
        sends({ status: 'read', message_id: messages.get('first') }),
        sends({ to: customers['ana']!.waId, type: 'text', text: { body: 'Oi' } }),
      ];
    };
    await send('/scenario', opening, 'text/yaml');
    await Promise.all(answers());
    await send('/scenario', opening, 'text/yaml');
    const statuses = (await Promise.all(answers())).map(({ status }) => status);
    expect(statuses).toEqual([200, 200]);
    const kept = await (await fetch(world('/scenario.yaml'))).text();
    expect(kept.match(/expect\.call/g)).toHaveLength(1);
    expect(kept).toMatch(/expect\.call:\s+edge: messages\s+to: ana/);
  });

  it('lets a browser in that showed the token once', async () => {
    const guarded = await open('open sesame');
    const session = await fetch(`${guarded.url}/_coex/session`, {
      method: 'POST',
      headers: { authorization: 'Bearer open sesame' },
    });
    const [cookie = ''] = session.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain('sesame');
    const ask = (given: string) =>
      fetch(`${guarded.url}/_coex/worlds`, { headers: { cookie: given } }).then(({ status }) => status);
    expect([await ask(cookie.split(';')[0]!), await ask('coex_operator=x')]).toEqual([200, 403]);
    await guarded.close();
  });

  it('knows which worlds there are', async () => {
    const answer = await fetch(`${simulator.url}/_coex/worlds/nowhere`);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { error: 'There is no world named “nowhere”.' },
    ]);
    expect((await fetch(`${simulator.url}/_coex/nothing`)).status).toBe(404);
    expect(await (await fetch(`${simulator.url}/_coex/health`)).json()).toMatchObject({ ready: true });
  });

  it('turns pages of other origins away', async () => {
    const headers = { origin: 'http://evil.example' };
    expect((await fetch(world(), { headers })).status).toBe(403);
    expect((await fetch(world(), { headers: { origin: simulator.url } })).status).toBe(200);
  });

  it('wants the operator’s token where there is one', async () => {
    const guarded = await open('open sesame');
    const ask = (authorization: string) =>
      fetch(`${guarded.url}/_coex/worlds`, { headers: { authorization } }).then(({ status }) => status);
    expect([await ask('Bearer wrong'), await ask('Bearer open sesame')]).toEqual([403, 200]);
    await guarded.close();
  });
});

describe('the stream', () => {
  const streamUrl = (query: string): string => `${simulator.url.replace('http', 'ws')}/_coex/stream?${query}`;

  it('tells what happened since, and what happens', async () => {
    await send('/scenario', opening, 'text/yaml');
    const client = new WebSocket(streamUrl('world=default&since=0'));
    interface Text {
      readonly exchanges: { field: string }[];
      readonly records: { event: { type: string } }[];
    }
    const exchanges: Text['exchanges'] = [];
    const records: Text['records'] = [];
    const told = new Promise<void>((resolve) => {
      client.on('message', (data: Buffer) => {
        const text = JSON.parse(data.toString()) as Text;
        exchanges.push(...text.exchanges);
        records.push(...text.records);
        if (exchanges.some(({ field }) => field === 'smb_message_echoes')) resolve();
      });
    });
    await new Promise((resolve) => client.once('open', resolve));
    await send('/steps', { steps: [{ 'app.sends': { to: 'ana', text: 'Olá' } }] });
    await told;
    expect(exchanges[0]).toMatchObject({ field: 'messages' });
    expect(records.filter(({ event }) => event.type === 'echo-sent')).toHaveLength(1);
    client.terminate();
  });

  interface Told {
    readonly exchanges: { number: number }[];
    readonly gap?: true;
  }
  const happen = (count: number): void => {
    for (let one = 0; one < count; one += 1)
      simulator.defaultWorld.journal.record({
        kind: 'graph',
        atMs: simulator.defaultWorld.nowMs() as never,
        wallMs: 0,
        method: 'GET',
        path: '/me',
        edge: 'me',
        params: {},
        status: 200,
        answer: {},
        byScenario: false,
        latencyMs: 0,
      });
  };
  const follow = async (query: string, until: (told: Told[]) => boolean): Promise<Told[]> => {
    const client = new WebSocket(streamUrl(query));
    const told: Told[] = [];
    await new Promise<void>((resolve) => {
      client.on('message', (data: Buffer) => {
        told.push(JSON.parse(data.toString()) as Told);
        if (until(told)) resolve();
      });
    });
    client.terminate();
    return told;
  };

  it('goes on where a reader left off, and says what is no longer kept', async () => {
    happen(100);
    const [first] = await follow('world=default&since=90', (told) => told.length > 0);
    expect(first?.exchanges.map(({ number }) => number)).toEqual([91, 92, 93, 94, 95, 96, 97, 98, 99, 100]);
    expect(first).not.toHaveProperty('gap');
    happen(6_000);
    const [late] = await follow('world=default&since=100', (told) => told.length > 0);
    expect(late).toMatchObject({ gap: true });
    expect(late?.exchanges).toHaveLength(5_000);
  });

  it('gives what piles up in few texts, each exchange once and in its order', async () => {
    const telling = follow(
      'world=default&since=0',
      (told) => told.flatMap(({ exchanges }) => exchanges).length === 500,
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    happen(500);
    const told = await telling;
    expect(told.length).toBeLessThan(5);
    const numbers = told.flatMap(({ exchanges }) => exchanges.map(({ number }) => number));
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
  });

  it('lets go of a reader for whom too much waits, and takes it back', async () => {
    const client = new WebSocket(streamUrl('world=default&since=0'));
    const closed = new Promise<number>((resolve) => client.once('close', resolve));
    await new Promise((resolve) => client.once('message', resolve));
    happen(20_001);
    expect(await closed).toBe(1013);
    const [again] = await follow('world=default&since=20000', (told) => told.length > 0);
    expect(again?.exchanges).toHaveLength(1);
  });

  it.each(['world=nowhere', 'world=default'])(
    'is closed to %s from another origin or of no world',
    async (query) => {
      const client = new WebSocket(streamUrl(query), { origin: 'http://evil.example' });
      const error = await new Promise<Error>((resolve) => client.once('error', resolve));
      expect(error.message).toContain('403');
    },
  );
});
