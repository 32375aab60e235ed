/** HTTP requests to a receiver that may do anything, over connections that are kept. */
import { Readable } from 'node:stream';
import type { Client } from 'undici';
import type { AttemptResult } from '../core/journal.ts';
import { createCall, type Call } from './call.ts';
import { targetOf, type Barred, type Target } from './target.ts';

export interface PosterOptions {
  /**
   * Real milliseconds from the start of a request to the end of the answer. Default 10,000: Meta publishes no limit
   * and asks for answers within seconds; other emulators wait 5 to 20 s (assumed).
   */
  readonly timeLimitMs?: number;
  /** Hosts beside loopback that may be reached, by lower-case name. Default: none. */
  readonly allowHosts?: readonly string[];
}

/** URLs remembered in parts. */
const mostTargets = 1_000;

export interface Letter {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** Milliseconds to wait after the first byte of the body; 0: until the time limit. Missing: no wait. */
  readonly stallMs?: number;
}

export interface Poster {
  /**
   * Sends a request. Redirects are not followed: they are the answer. How many are under way at a time is up to the
   * caller; each has a connection to itself.
   *
   * @param done - called once, never before this returns, unless aborted first
   * @returns the way to abort it
   */
  readonly send: (letter: Letter, done: (result: AttemptResult) => void) => () => void;
  /** Breaks off what is under way, without a result, and frees every socket. */
  close(): Promise<void>;
}

export function createPoster({ timeLimitMs = 10_000, allowHosts = [] }: PosterOptions = {}): Poster {
  const allowed = new Set(allowHosts);
  const targets = new Map<string, Target | Barred>();
  const aborts = new Set<() => void>();
  const lines = createLines(timeLimitMs);

  const find = (url: string): Target | Barred => {
    let target = targets.get(url);
    if (target) return target;
    if (targets.size >= mostTargets) targets.clear();
    target = targetOf(url, allowed);
    targets.set(url, target);
    return target;
  };

  return {
    send(letter, done) {
      const target = find(letter.url);
      let client: Client | undefined;
      const call = createCall(timeLimitMs, (result) => {
        aborts.delete(abort);
        if (client && !('reason' in target)) lines.giveBack(target.origin, client, result);
        done(result);
      });
      const abort = (): void => {
        aborts.delete(abort);
        call.abort();
        if (client) lines.cut(client);
      };
      aborts.add(abort);
      if ('reason' in target) call.end({ kind: 'unreachable', reason: target.reason });
      else
        lines.take(target.origin, (taken) => {
          client = taken;
          if (!call.ended) dispatch(taken, target.path, letter, call, timeLimitMs);
        });
      return abort;
    },
    async close() {
      for (const abort of aborts) abort();
      await lines.close();
    },
  };
}

/** Connections by origin, each used by one request at a time and kept for the next. */
interface Lines {
  /** Calls back at once, but for the first time: then the client library is loaded. Never, once closed. */
  take(origin: string, use: (client: Client) => void): void;
  giveBack(origin: string, client: Client, result: AttemptResult): void;
  cut(client: Client): void;
  close(): Promise<void>;
}

function createLines(timeLimitMs: number): Lines {
  const idle = new Map<string, Client[]>();
  const open = new Set<Client>();
  let connect: ((origin: string) => Client) | undefined;
  let loading: Promise<void> | undefined;
  let closed = false;

  // Loaded with the first request: a simulator that sends nothing starts faster without it.
  const load = async (): Promise<void> => {
    const { Client } = await import('undici');
    // A call has one time limit over all; the client's own, from one event to the next, would only add timers.
    const options = { connect: { timeout: timeLimitMs }, headersTimeout: 0, bodyTimeout: 0 };
    connect = (origin) => new Client(origin, options);
  };

  const take: Lines['take'] = (origin, use) => {
    if (closed) return;
    if (!connect) {
      void (loading ??= load()).then(() => {
        take(origin, use);
      });
      return;
    }
    const client = idle.get(origin)?.pop() ?? connect(origin);
    open.add(client);
    use(client);
  };

  const cut = (client: Client): void => {
    open.delete(client);
    void client.destroy();
  };

  return {
    take,
    cut,
    giveBack(origin, client, result) {
      // What ran into the limit may still be connecting; nobody should queue behind that.
      if (closed || result.kind === 'timed-out') {
        cut(client);
        return;
      }
      const known = idle.get(origin);
      if (known) known.push(client);
      else idle.set(origin, [client]);
    },
    async close() {
      closed = true;
      await loading;
      await Promise.all([...open].map((client) => client.destroy()));
      open.clear();
      idle.clear();
    },
  };
}

function dispatch(client: Client, path: string, letter: Letter, call: Call, timeLimitMs: number): void {
  const { method, headers, body = null, stallMs } = letter;
  if (!body || stallMs === undefined) {
    client.dispatch({ path, method, headers, body }, call.handler);
    return;
  }
  // A stream has no length of its own, and would be sent in chunks, as WhatsApp never sends.
  const whole = { ...headers, 'Content-Length': String(body.length) };
  client.dispatch(
    { path, method, headers: whole, body: stalling(body, stallMs || timeLimitMs) },
    call.handler,
  );
}

/** The first byte at once, so that the headers leave; the rest after a pause. */
function stalling(body: Buffer, stallMs: number): Readable {
  const stream = new Readable({
    read() {
      // Only the first call counts: what follows is pushed by the timer.
    },
    destroy(_error, done) {
      clearTimeout(timer);
      // Breaking off is how a stalled request usually ends; the caller has its result already.
      done(null);
    },
  });
  const timer = setTimeout(() => {
    stream.push(body.subarray(1));
    stream.push(null);
  }, stallMs).unref();
  stream.push(body.subarray(0, 1));
  return stream;
}
