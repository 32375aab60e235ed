/** What goes through the recorder is what came: byte for byte, both ways; and what does not go through is told. */
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { sign } from '../../simulator/index.ts';
import { openDoor, targetOf } from './door.ts';
import { everything, privateTexts, readable } from './private-things.test.setup.ts';
import { listen, readScenario, recordPlay, type Listener } from './record.test.setup.ts';
import { createRecorder, type Recorder, type RecorderOptions } from './recorder.ts';
import { writeRecording } from './write-recording.ts';

const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

interface Opened {
  readonly recorder: Recorder;
  readonly lines: readonly string[];
}

async function open(target: string, more: Partial<RecorderOptions> = {}): Promise<Opened> {
  const lines: string[] = [];
  const recorder = await createRecorder({
    target: new URL(target),
    port: 0,
    nowMs: Date.now,
    onLine: (line) => lines.push(line),
    ...more,
  });
  closings.push(() => recorder.close());
  return { recorder, lines };
}

async function listenHere(...given: Parameters<typeof listen>): Promise<Listener> {
  const listener = await listen(...given);
  closings.push(() => listener.close());
  return listener;
}

/** Raw headers and raw bytes, as no client of a higher level sends them. */
const send = (
  url: string,
  {
    method = 'POST',
    headers = [],
    body = Buffer.alloc(0),
  }: { method?: string; headers?: string[]; body?: Buffer },
): Promise<{ status: number; headers: string[]; body: Buffer }> =>
  new Promise((resolve, reject) => {
    const { hostname, port, pathname, search } = new URL(url);
    const all = ['Host', 'hooks.example', 'Content-Length', String(body.length), ...headers];
    const sent = request({
      hostname,
      port,
      path: `${pathname}${search}`,
      method,
      headers: all,
      agent: false,
    });
    sent.on('error', reject).on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.rawHeaders,
          body: Buffer.concat(chunks),
        }),
      );
    });
    sent.end(body);
  });

const free = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

const webhook = (text: string): Buffer =>
  Buffer.from(
    `{ "object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",` +
      `"metadata":{"display_phone_number":"15550142367","phone_number_id":"112358132134558"},"messages":[{"from":"447700900456",` +
      `"id":"wamid.HBgMNDQ3NzAwOTAwNDU2FQIAEhgUM0FENEMyQjFBMEY5RThEN0M2QjUA","timestamp":"1791000100","type":"text",` +
      `"text":{"body":${text}}}]}}]}]  }`,
  );

describe('a webhook', () => {
  test('reaches the system as it is, so that its signature still fits, and the answer comes back as it is', async () => {
    const target = await listenHere(() => ({
      status: 202,
      body: Buffer.from([0, 255, 10, 13]),
      headers: ['X-Answer', 'a', 'X-Answer', 'b'],
    }));
    const { recorder, lines } = await open(`${target.url}/hooks/meta?key=7`);
    // Escapes and spaces that no JSON writer would make again.
    const body = webhook('"caf\\u00e9 \\ud83d\\ude00"');
    const signature = sign('a secret', body);
    const answer = await send(`${recorder.url}/?n=1`, {
      body,
      headers: [
        'X-Hub-Signature-256',
        signature.sha256,
        'X-Twice',
        '1',
        'X-Twice',
        '2',
        'Connection',
        'X-Mine',
        'X-Mine',
        'y',
      ],
    });
    const [heard] = target.heard;
    expect(heard?.path).toBe('/hooks/meta?key=7&n=1');
    expect(heard?.body).toBe(body.toString('latin1'));
    expect(heard?.headers.join(' ')).toContain(`X-Hub-Signature-256 ${signature.sha256} X-Twice 1 X-Twice 2`);
    expect(heard?.headers.join(' ')).not.toContain('X-Mine');
    expect(answer.status).toBe(202);
    expect([...answer.body]).toEqual([0, 255, 10, 13]);
    expect(answer.headers.join(' ')).toContain('X-Answer a X-Answer b');
    expect(lines.join('\n')).toMatch(/^\d\d:\d\d:\d\d {2}messages \(text\) from Person 1 → 202 in \d+ ms$/);
  });

  test('that finds nobody is answered with 502, told, and no part of the scenario', async () => {
    const { recorder, lines } = await open(`http://127.0.0.1:${await free()}/webhook`);
    const answer = await send(`${recorder.url}/webhook`, { body: webhook('"Oi"') });
    expect(answer.status).toBe(502);
    expect(answer.body.toString()).toBe('coex record: nobody listens there\n');
    expect(lines.join()).toContain(
      'messages (text) from Person 1 not passed on: nobody listens there; 502 to the sender',
    );
    await recorder.close();
    expect(writeRecording(recorder.recorded, Date.now(), recorder.personOf)).toBeUndefined();
  });

  test('that is too large is refused before it is passed on', async () => {
    const target = await listenHere();
    const { recorder, lines } = await open(`${target.url}/webhook`);
    const answer = await send(`${recorder.url}/webhook`, { body: Buffer.alloc(4 * 1_048_576 + 1, 32) });
    expect(answer.status).toBe(413);
    expect(target.heard).toEqual([]);
    expect(lines.join()).toContain('the body is larger than 4 MB');
  });

  test('that is no JSON is passed on and told as such', async () => {
    const target = await listenHere();
    const { recorder, lines } = await open(`${target.url}/webhook`);
    expect((await send(`${recorder.url}/webhook`, { body: Buffer.from('Ana says hi') })).status).toBe(200);
    expect(target.heard[0]?.body).toBe('Ana says hi');
    expect(lines.join()).toContain('something that is no webhook of WhatsApp → 200');
    expect(JSON.stringify(recorder.recorded)).not.toContain('Ana');
  });
});

test.each([
  ['nested as deeply as can be', `{"entry":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ['an entry that is none', '{"object":"whatsapp_business_account","entry":7}'],
  ['a field called constructor', '{"entry":[{"changes":[{"field":"constructor","value":null}]}]}'],
  [
    'a key called __proto__',
    '{"entry":[{"changes":[{"field":"messages","value":{"__proto__":{"a":1},"messages":[null,{}]}}]}]}',
  ],
  [
    'ids that are figures',
    '{"entry":[{"id":1,"changes":[{"field":"messages","value":{"messages":[{"id":1,"from":2,"type":3}]}}]}]}',
  ],
])('%s is passed on, and the recorder goes on', async (_what, body) => {
  const target = await listenHere();
  const { recorder, lines } = await open(`${target.url}/webhook`, {
    capture: (record) => JSON.stringify(record),
  });
  expect((await send(`${recorder.url}/webhook`, { body: Buffer.from(body) })).status).toBe(200);
  expect((await send(`${recorder.url}/webhook`, { body: webhook('"Oi"') })).status).toBe(200);
  expect(target.heard.map((heard) => heard.body.length)).toEqual([body.length, webhook('"Oi"').length]);
  expect(lines).toHaveLength(2);
  const text = writeRecording(recorder.recorded, Date.now(), recorder.personOf)?.text;
  expect(text).toContain('customer.sends: { from: person-1, text: Text');
});

test('whoever never answers is given up, and holds nothing open', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const target = new URL(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/`);
  const ignored = { onRequest: () => () => undefined, onRefused: () => undefined };
  const patient = { largestBody: 100, timeLimitMs: 60_000 };
  const impatient = await openDoor({ port: 0, target, bounds: { ...patient, timeLimitMs: 20 }, ...ignored });
  const answer = await send(impatient.url, { body: Buffer.from('a') });
  expect([answer.status, answer.body.toString()]).toEqual([504, 'coex record: no answer within 0.02 s\n']);
  await impatient.close(0);
  const waiting = await openDoor({ port: 0, target, bounds: patient, ...ignored });
  const heard = new Promise((resolve) => silent.once('request', resolve));
  const sent = send(waiting.url, { body: Buffer.from('a') }).then(
    ({ status }) => status,
    () => 'broken off',
  );
  await heard;
  await waiting.close(1);
  expect([502, 'broken off']).toContain(await sent);
  await expect(send(waiting.url, {})).rejects.toThrow('ECONNREFUSED');
  silent.closeAllConnections();
  await new Promise((resolve) => silent.close(resolve));
});

test('nothing private is left in any output, whoever it is about', async () => {
  const target = await listenHere();
  const captured: unknown[] = [];
  const { recorder, lines } = await open(`${target.url}/webhook`, {
    capture: (record) => captured.push(record),
  });
  await send(`${recorder.url}/webhook/reid?ana=ana.reid`, { body: Buffer.from(JSON.stringify(everything)) });
  await recorder.close();
  const text = writeRecording(recorder.recorded, Date.now(), recorder.personOf)?.text;
  expect(text).toContain('app.sends: { to: person-1, text: Text 1 }');
  const shown = readable([lines, captured, text]);
  expect(target.heard[0]?.body).toContain('5511987654321');
  expect(privateTexts.filter((one) => shown.includes(one))).toEqual([]);
});

test('the handshake goes through', async () => {
  const target = await listenHere();
  const { recorder, lines } = await open(`${target.url}/webhook`);
  const query = '?hub.mode=subscribe&hub.verify_token=s3cret&hub.challenge=1158201444';
  const answer = await send(`${recorder.url}/webhook${query}`, { method: 'GET' });
  expect(answer.body.toString()).toBe('1158201444');
  expect(target.heard[0]?.path).toBe(`/webhook${query}`);
  expect(lines.join()).toContain('the handshake → 200');
  expect(lines.join()).not.toContain('s3cret');
});

test.each([
  ['http://x/webhook', '/', 'http://x/webhook'],
  ['http://x/webhook', '/webhook', 'http://x/webhook'],
  ['http://x/webhook', '/webhook/a?b=1', 'http://x/webhook/a?b=1'],
  ['http://x/webhook', '/webhooks', 'http://x/webhook/webhooks'],
  ['http://x/', '/a/b', 'http://x/a/b'],
  ['http://x/hook?k=1', '/?b=2', 'http://x/hook?k=1&b=2'],
  ['http://x/hook', '//evil.example/', 'http://x/hook//evil.example/'],
])('below %s, %s goes to %s', (target, asked, expected) => {
  expect(targetOf(new URL(target), asked).href).toBe(expected);
});

describe("the system's Graph calls", () => {
  test('go on to the Graph, and become what is expected of it', async () => {
    let recorderAt: Recorder | undefined;
    const scenario = readScenario(`scenario: x
customers: { ana: { name: Ana Lopez } }
steps:
  - customer.sends: { from: ana, text: Abrem hoje? }
`);
    const graph = await listenHere(({ path }) => ({
      status: 200,
      headers: ['Content-Encoding', 'gzip'],
      body: gzipSync(
        JSON.stringify(
          path.includes('messages')
            ? {
                messaging_product: 'whatsapp',
                messages: [{ id: 'wamid.HBgMNDQ3NzAwOTAwNDU2FQIAERgSN0MyMUQwQTk0RUZCMTM1ODI2AA==' }],
              }
            : { id: '1' },
        ),
      ),
    }));
    const { recorder, captured, lines } = await recordPlay(
      scenario,
      { graph: { target: new URL(graph.url), port: 0 } },
      async (_simulator, cast, opened) => {
        recorderAt = opened;
        const to = cast.customers['ana']?.waId;
        const answer = await fetch(
          `${opened.graphUrl}/v23.0/${cast.phoneNumberId}/messages?access_token=EAAsecret`,
          {
            method: 'POST',
            headers: { authorization: 'Bearer EAAsecret', 'content-type': 'application/json' },
            body: JSON.stringify({
              messaging_product: 'whatsapp',
              to,
              type: 'text',
              text: { body: 'Sim, Ana!' },
            }),
          },
        );
        expect(await answer.json()).toHaveProperty('messages');
        await fetch(`${opened.graphUrl}/v23.0/${cast.phoneNumberId}/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.x' }),
        });
      },
    );
    expect(recorderAt).toBe(recorder);
    expect(graph.heard[0]?.headers.join(' ')).toContain('Bearer EAAsecret');
    const text = writeRecording(recorder.recorded, Date.now(), recorder.personOf)?.text ?? '';
    expect(text).toContain(`steps:
  - customer.sends: { from: person-1, text: Text 1 }
  - expect.call: { edge: messages, to: person-1, within: 10s }
`);
    expect(readScenario(text).steps).toHaveLength(2);
    // Packed as it came, and read all the same.
    expect(captured.find(({ kind }) => kind === 'graph')).toMatchObject({
      answer: { messages: [{ id: expect.stringMatching(/^wamid\./) as string }] },
    });
    const kept = JSON.stringify([captured, lines, text]);
    expect(kept).toMatch(/POST \/v23\.0\/\d+\/messages to Person 1 → 200/);
    for (const secret of ['EAAsecret', 'Ana', 'Abrem', 'Sim']) expect(kept).not.toContain(secret);
  });
});
