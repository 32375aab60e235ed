import { afterEach, describe, expect, it } from 'vitest';
import type { LazyValue } from '../core/events.ts';
import { createJournal, type WebhookExchange } from '../core/journal.ts';
import { createEmissions, happening, secret, type Emissions } from './emissions.test.setup.ts';
import { createEmitter, type Emitter, type EmitterOptions } from './emitter.ts';
import type { FaultRule, Redeliver, SetWebhookFault } from './events.ts';
import { answer, createReceiver, type Heard, type Receiver } from './receiver.test.setup.ts';
import { sign } from './sign.ts';

interface Room extends Emissions {
  readonly emitter: Emitter;
  readonly exchanges: () => readonly WebhookExchange[];
  readonly fault: (rule: FaultRule, options?: Partial<SetWebhookFault>) => void;
  /** Everything due now, answered. */
  settled(): Promise<void>;
  /** The next thing due later, and everything that follows from it at once. */
  next(): Promise<void>;
}

let emitter: Emitter | undefined;

afterEach(async () => {
  await emitter?.close();
});

/** A room with a pace as simple as can be: what is due now runs after every command. */
function open(url: string, options: Partial<EmitterOptions> & { numbers?: number } = {}): Room {
  const emissions = createEmissions(url, options.numbers);
  const { engine, drain } = emissions;
  const journal = createJournal();
  const made = createEmitter({
    engine: {
      world: engine.world,
      log: engine.log,
      execute: (command) => {
        const outcome = engine.execute<never>(command);
        drain();
        return outcome;
      },
    },
    journal,
    features: [happening],
    concurrencyPerNumber: 1,
    ...options,
  });
  emitter = made;
  const settled = (): Promise<void> => {
    drain();
    made.pump();
    return made.settled();
  };
  return {
    ...emissions,
    emitter: made,
    exchanges: () => journal.since(0).filter((exchange) => exchange.kind === 'webhook'),
    fault(rule, fault = {}) {
      const command: SetWebhookFault = { type: 'set-webhook-fault', rule, times: 1, byMs: 0, ...fault };
      engine.execute(command);
    },
    settled,
    next() {
      const dueMs = engine.nextDueMs();
      if (dueMs !== undefined) engine.runNextDue(dueMs);
      return settled();
    },
  };
}

const isGenuine = ({ headers, body }: Heard): boolean =>
  headers['x-hub-signature-256'] === sign(secret, Buffer.from(body, 'latin1')).sha256;

const texts = (receiver: Receiver): readonly string[] =>
  receiver.heard.flatMap(({ body }) => [...body.matchAll(/"text":"(\w*)"/g)].map((match) => match[1] ?? ''));

it('posts a signed webhook and records the exchange', async () => {
  const receiver = await createReceiver(answer(200, 'EVENT_RECEIVED'));
  const room = open(`${receiver.url}/webhook`);
  room.emit('messages', { text: 'olá' });
  await room.settled();
  const [number] = room.numbers;
  const body = String.raw`{"object":"whatsapp_business_account","entry":[{"id":"${number.wabaId}","changes":[{"value":{"text":"ol\u00e1"},"field":"messages"}]}]}`;
  const { sha1, sha256 } = sign(secret, Buffer.from(body));
  expect(receiver.heard).toEqual([
    {
      method: 'POST',
      path: '/webhook',
      body,
      headers: {
        host: receiver.url.slice('http://'.length),
        connection: 'keep-alive',
        'content-type': 'application/json',
        'x-hub-signature': sha1,
        'x-hub-signature-256': sha256,
        'user-agent': 'facebookexternalua',
        accept: '*/*',
        'content-length': String(body.length),
      },
    },
  ]);
  expect(room.exchanges()).toMatchObject([
    {
      url: `${receiver.url}/webhook`,
      field: 'messages',
      deliveryId: 1,
      attempt: 1,
      atMs: room.engine.nowMs,
      body,
      headers: { 'X-Hub-Signature-256': sha256 },
      genuine: true,
      result: { kind: 'answered', status: 200, body: 'EVENT_RECEIVED' },
    },
  ]);
  expect(room.events.at(-1)).toMatchObject({ type: 'delivery-accepted', deliveryId: 1, status: 200 });
});

it('renders lazy values, again for each attempt, to the same bytes', async () => {
  let heard = 0;
  const receiver = await createReceiver((response, ...rest) =>
    answer((heard += 1) === 1 ? 503 : 200)(response, ...rest),
  );
  const room = open(receiver.url);
  const lazy: LazyValue = { feature: 'happening', args: { repeat: 5_000 } };
  room.emit('history', lazy);
  await room.settled();
  await room.next();
  const [first, second] = receiver.heard;
  expect(first?.body).toContain('x'.repeat(5_000));
  expect(second).toEqual(first);
  expect(room.exchanges().map(({ deliveryId, attempt }) => [deliveryId, attempt])).toEqual([
    [1, 1],
    [1, 2],
  ]);
});

it('redelivers the same bytes', async () => {
  const receiver = await createReceiver();
  const room = open(receiver.url);
  room.emit('messages', { text: 'a' });
  room.emit('messages', { text: 'b' });
  await room.settled();
  const redeliver: Redeliver = { type: 'redeliver', field: 'messages' };
  room.engine.execute(redeliver);
  await room.settled();
  expect(texts(receiver)).toEqual(['a', 'b', 'b']);
  expect(receiver.heard[2]).toEqual(receiver.heard[1]);
});

describe('a fault on the wire:', () => {
  it('a duplicate is the same bytes', async () => {
    const receiver = await createReceiver();
    const room = open(receiver.url, { concurrencyPerNumber: 2 });
    room.fault('duplicate');
    room.emit('messages', { text: 'a' });
    await room.settled();
    expect(receiver.heard).toHaveLength(2);
    expect(receiver.heard[1]).toEqual(receiver.heard[0]);
  });

  it('a reordered pair arrives the other way round', async () => {
    const receiver = await createReceiver();
    const room = open(receiver.url, { concurrencyPerNumber: 8 });
    room.fault('reorder');
    for (const text of ['a', 'b', 'c']) room.emit('messages', { text });
    await room.settled();
    expect(texts(receiver).indexOf('a')).toBeGreaterThan(texts(receiver).indexOf('b'));
    expect(texts(receiver)).toHaveLength(3);
  });

  it('a batch is one POST with one signature', async () => {
    const receiver = await createReceiver();
    const room = open(receiver.url);
    room.fault('batch');
    for (const text of ['a', 'b']) room.emit('messages', { text });
    await room.settled();
    expect(receiver.heard).toHaveLength(1);
    expect(texts(receiver)).toEqual(['a', 'b']);
    expect(receiver.heard.every(isGenuine)).toBe(true);
  });

  it('a wrong signature does not fit, and says so in the journal', async () => {
    const receiver = await createReceiver();
    const room = open(receiver.url);
    room.fault('wrong-signature');
    for (const text of ['a', 'b']) room.emit('messages', { text });
    await room.settled();
    expect(receiver.heard.map(isGenuine)).toEqual([false, true]);
    expect(room.exchanges().map(({ genuine }) => genuine)).toEqual([false, true]);
  });

  it('a forger may send no signature at all', async () => {
    const receiver = await createReceiver();
    const room = open(receiver.url);
    room.fault('no-signature');
    room.emit('messages', { text: 'a' });
    await room.settled();
    expect(
      Object.keys(receiver.heard[0]?.headers ?? {}).filter((name) => name.includes('signature')),
    ).toEqual([]);
    expect(room.exchanges().map(({ genuine }) => genuine)).toEqual([false]);
  });

  it('a forger may send the signature of the webhook before, which was genuine there', async () => {
    const receiver = await createReceiver();
    const room = open(receiver.url);
    room.emit('messages', { text: 'a' });
    await room.settled();
    room.fault('replayed-signature');
    room.emit('messages', { text: 'b' });
    await room.settled();
    expect(receiver.heard.map(isGenuine)).toEqual([true, false]);
    const [first, second] = receiver.heard.map(({ headers }) => headers['x-hub-signature-256']);
    expect(second).toBe(first);
  });

  it('a dropped one never arrives', async () => {
    const receiver = await createReceiver();
    const room = open(receiver.url);
    room.fault('drop');
    for (const text of ['a', 'b']) room.emit('messages', { text });
    await room.settled();
    expect(texts(receiver)).toEqual(['b']);
  });

  it('a hang ends at the time limit and is tried again', async () => {
    const receiver = await createReceiver();
    const room = open(receiver.url, { timeLimitMs: 60 });
    room.fault('hang');
    room.emit('messages', { text: 'a' });
    await room.settled();
    expect(receiver.heard).toEqual([]);
    await room.next();
    expect(texts(receiver)).toEqual(['a']);
    expect(room.exchanges().map(({ result }) => result.kind)).toEqual(['timed-out', 'answered']);
  });
});

describe('a receiver that', () => {
  it.each<[string, Parameters<typeof createReceiver>[0]]>([
    ['hangs', () => undefined],
    ['resets', (_response, _heard, request) => request.socket.resetAndDestroy()],
    ['redirects', (response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end()],
    ['fails', answer(500)],
    ['floods', (response) => response.writeHead(500).write('x'.repeat(1_000_000))],
  ])('%s for one number delays no other', async (_name, behave) => {
    const bad = await createReceiver(behave);
    const good = await createReceiver();
    const room = open(good.url, { numbers: 2, timeLimitMs: 400 });
    const [first, second] = room.numbers;
    first.override = { url: bad.url, verifyToken: 't' };
    for (let sent = 0; sent < 20; sent += 1) {
      room.emit('messages', { text: 'bad' }, first);
      room.emit('messages', { text: 'good' }, second);
    }
    room.drain();
    room.emitter.pump();
    // Not by time: everything good has come while the bad one was still at its first or later turns.
    await expect.poll(() => good.heard.length).toBe(20);
    await expect
      .poll(() => room.exchanges().find(({ url }) => url === bad.url)?.result.kind)
      .toBe(_name === 'hangs' ? 'timed-out' : _name === 'resets' ? 'unreachable' : 'answered');
    expect(room.events.filter(({ type }) => type === 'delivery-accepted')).toHaveLength(20);
  });

  it('is slow gets no more at a time than allowed, in order', async () => {
    let most = 0;
    let now = 0;
    const receiver = await createReceiver((response, ...rest) => {
      most = Math.max(most, (now += 1));
      setImmediate(() => {
        now -= 1;
        answer()(response, ...rest);
      });
    });
    const room = open(receiver.url, { concurrencyPerNumber: 1 });
    for (const text of 'abcdefgh') room.emit('messages', { text });
    await room.settled();
    expect(most).toBe(1);
    expect(texts(receiver).join('')).toBe('abcdefgh');
  });
});

it('reports a host that nobody allowed, and tries again later', async () => {
  const room = open('http://bot.example/webhook');
  room.emit('messages', {});
  await room.settled();
  expect(room.exchanges()).toMatchObject([
    { result: { kind: 'unreachable', reason: expect.stringContaining('allowHosts') as string } },
  ]);
  expect(room.engine.nextDueMs()).toBe(room.engine.nowMs + 1_000);
});

it('settles at once where nothing is under way', async () => {
  await expect(open('http://127.0.0.1:1/').settled()).resolves.toBeUndefined();
});

it('closes with attempts under way: nothing open, nothing concluded, nobody left waiting', async () => {
  const receiver = await createReceiver(() => undefined);
  const room = open(receiver.url, { numbers: 2, concurrencyPerNumber: 2 });
  for (const number of room.numbers)
    for (const text of ['a', 'b', 'c']) room.emit('messages', { text }, number);
  const settled = room.settled();
  await expect.poll(() => receiver.heard.length).toBe(4);
  await room.emitter.close();
  await settled;
  await expect.poll(receiver.open).toBe(0);
  expect(room.exchanges()).toEqual([]);
  expect(room.events.some(({ type }) => type === 'delivery-refused')).toBe(false);
});
