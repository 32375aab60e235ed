import { afterEach, describe, expect, it } from 'vitest';
import type { AttemptResult } from '../core/journal.ts';
import { createPoster, type Letter, type Poster, type PosterOptions } from './post.ts';
import { answer, createReceiver, freeUrl, type Behave } from './receiver.test.setup.ts';

let poster: Poster | undefined;

afterEach(async () => {
  await poster?.close();
});

function send(
  url: string,
  options: PosterOptions = {},
  letter: Partial<Letter> = {},
): Promise<AttemptResult> {
  poster ??= createPoster(options);
  const body = Buffer.from('{"a":1}');
  return new Promise((resolve) => {
    poster!.send({ method: 'POST', url, headers: { 'X-Test': 'yes' }, body, ...letter }, resolve);
  });
}

async function sendTo(
  behave: Behave,
  options: PosterOptions = {},
  letter: Partial<Letter> = {},
): Promise<AttemptResult> {
  poster = createPoster(options);
  const receiver = await createReceiver(behave);
  return send(receiver.url, options, letter);
}

it('posts body and headers, and gives the answer back', async () => {
  poster = createPoster();
  const receiver = await createReceiver(answer(201, 'thanks'));
  const result = await send(`${receiver.url}/hooks/wa?tenant=a`);
  expect(result).toEqual({ kind: 'answered', status: 201, body: 'thanks' });
  expect(receiver.heard).toMatchObject([
    {
      method: 'POST',
      path: '/hooks/wa?tenant=a',
      headers: { 'x-test': 'yes', 'content-length': '7' },
      body: '{"a":1}',
    },
  ]);
});

it('keeps the connection', async () => {
  poster = createPoster();
  const receiver = await createReceiver();
  for (let sent = 0; sent < 5; sent += 1) await send(receiver.url);
  expect(receiver.opened()).toBe(1);
});

it('takes a redirect for an answer', async () => {
  poster = createPoster();
  const elsewhere = await createReceiver();
  const receiver = await createReceiver((response) => {
    response.writeHead(307, { Location: elsewhere.url }).end();
  });
  expect(await send(receiver.url)).toEqual({ kind: 'answered', status: 307, body: '' });
  expect(elsewhere.heard).toEqual([]);
});

describe('a receiver that', () => {
  it('says much is heard for 4 kB, and keeps its connection', async () => {
    poster = createPoster();
    const receiver = await createReceiver(answer(200, 'x'.repeat(20_000)));
    expect(await send(receiver.url)).toEqual({ kind: 'answered', status: 200, body: 'x'.repeat(4_096) });
    await send(receiver.url);
    expect(receiver.opened()).toBe(1);
  });

  it('never stops talking is cut off', async () => {
    const result = await sendTo((response) => {
      response.writeHead(200);
      const talk = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', talk);
      talk();
    });
    expect(result).toEqual({ kind: 'answered', status: 200, body: 'x'.repeat(4_096) });
  });

  it('says nothing runs into the time limit', async () => {
    const result = await sendTo(() => undefined, { timeLimitMs: 60 });
    expect(result).toEqual({ kind: 'timed-out', afterMs: 60 });
  });

  it('trickles runs into the time limit', async () => {
    const result = await sendTo(
      (response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write('.'), 10);
        response.on('close', () => clearInterval(timer));
      },
      { timeLimitMs: 80 },
    );
    expect(result).toEqual({ kind: 'timed-out', afterMs: 80 });
  });

  it('resets the connection is unreachable', async () => {
    const result = await sendTo((_response, _heard, request) => request.socket.resetAndDestroy());
    expect(result.kind).toBe('unreachable');
  });

  it('hangs up is unreachable', async () => {
    const result = await sendTo((_response, _heard, request) => request.socket.end());
    expect(result.kind).toBe('unreachable');
  });

  it('answers with something else than HTTP is unreachable', async () => {
    const result = await sendTo((_response, _heard, request) => {
      request.socket.end('HELLO\r\n\r\n');
    });
    expect(result.kind).toBe('unreachable');
  });

  it('is not there is unreachable, with the reason', async () => {
    poster = createPoster();
    const result = await send(await freeUrl());
    expect(result).toMatchObject({
      kind: 'unreachable',
      reason: expect.stringContaining('ECONNREFUSED') as string,
    });
  });

  it('may not be reached is told how', async () => {
    poster = createPoster();
    expect(await send('http://bot.example/webhook')).toMatchObject({
      kind: 'unreachable',
      reason: expect.stringContaining('allowHosts') as string,
    });
  });
});

describe('a stalled body', () => {
  it('arrives whole after the pause', async () => {
    const startMs = performance.now();
    const result = await sendTo(
      (response, { body }) =>
        answer(200, body)(response, { method: '', path: '', headers: {}, body }, response.req),
      {},
      { stallMs: 50 },
    );
    expect(result).toEqual({ kind: 'answered', status: 200, body: '{"a":1}' });
    // Timers may fire a little early; without any pause this would be a few milliseconds.
    expect(performance.now() - startMs).toBeGreaterThan(40);
  });

  it('has told its length as always', async () => {
    poster = createPoster();
    const receiver = await createReceiver(answer());
    await send(receiver.url, {}, { stallMs: 5 });
    expect(receiver.heard).toMatchObject([{ headers: { 'content-length': '7' }, body: '{"a":1}' }]);
    expect(receiver.heard[0]?.headers).not.toHaveProperty('transfer-encoding');
  });

  it('whose pause has no length ends at the time limit', async () => {
    const result = await sendTo(answer(), { timeLimitMs: 50 }, { stallMs: 0 });
    expect(result).toEqual({ kind: 'timed-out', afterMs: 50 });
  });
});

describe('breaking off', () => {
  it('gives no result', async () => {
    poster = createPoster({ timeLimitMs: 200 });
    const receiver = await createReceiver(answer());
    const results: string[] = [];
    const abort = poster.send({ method: 'GET', url: receiver.url, headers: {} }, () =>
      results.push('aborted'),
    );
    abort();
    await send(receiver.url);
    expect(results).toEqual([]);
  });

  it('gives none even where it was known already', async () => {
    poster = createPoster();
    const receiver = await createReceiver(answer());
    const letter: Letter = { method: 'GET', url: 'http://bot.example', headers: {} };
    poster.send(letter, () => expect.unreachable())();
    await send(receiver.url);
  });

  it('at the end leaves nothing open', async () => {
    poster = createPoster();
    let silent = (): void => undefined;
    const arrived = new Promise<void>((resolve) => {
      silent = resolve;
    });
    const receiver = await createReceiver(() => silent());
    poster.send({ method: 'GET', url: receiver.url, headers: {} }, () => expect.unreachable());
    await arrived;
    expect(receiver.open()).toBe(1);
    await poster.close();
    await expect.poll(receiver.open).toBe(0);
  });
});
