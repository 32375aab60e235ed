/** HTTP requests to a receiver that may do anything: every one ends, within its time limit, in an answer or a reason. */
import { Readable } from 'node:stream';
import type { Agent, Dispatcher } from 'undici';
import type { AttemptResult } from '../journal.ts';
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

/** Bytes of the answer's body that are kept. */
const mostAnswerBytes = 4_096;
/** Bytes of the answer read past before the connection is given up instead. */
const mostSkippedBytes = 64 * 1024;
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
   * Sends a request. Redirects are not followed: they are the answer.
   *
   * @param done - called once, never before this returns, unless aborted first
   * @returns the way to abort it
   */
  send: (letter: Letter, done: (result: AttemptResult) => void) => () => void;
  /** Breaks off what is under way, without a result, and frees every socket. */
  close(): Promise<void>;
}

export function createPoster({ timeLimitMs = 10_000, allowHosts = [] }: PosterOptions = {}): Poster {
  const allowed = new Set(allowHosts);
  const targets = new Map<string, Target | Barred>();
  const aborts = new Set<() => void>();
  let loading: Promise<void> | undefined;
  let agent: Agent | undefined;
  let closed = false;

  const find = (url: string): Target | Barred => {
    let target = targets.get(url);
    if (target) return target;
    if (targets.size >= mostTargets) targets.clear();
    target = targetOf(url, allowed);
    targets.set(url, target);
    return target;
  };

  // The client is loaded with the first request: a simulator that sends nothing starts faster without it.
  const load = async (): Promise<void> => {
    const undici = await import('undici');
    // Each request has one time limit over all; the client's own limits, between two events, would only add timers.
    agent ??= new undici.Agent({
      connect: { timeout: timeLimitMs },
      headersTimeout: 0,
      bodyTimeout: 0,
      pipelining: 1,
    });
    if (closed) await agent.destroy();
  };

  return {
    send(letter, done) {
      const target = find(letter.url);
      const call = createCall(timeLimitMs, (result) => {
        aborts.delete(call.abort);
        done(result);
      });
      aborts.add(call.abort);
      if ('reason' in target) call.end({ kind: 'unreachable', reason: target.reason });
      else if (agent) dispatch(agent, target, letter, call, timeLimitMs);
      else
        void (loading ??= load()).then(() => {
          if (agent && !closed) dispatch(agent, target, letter, call, timeLimitMs);
        });
      return () => {
        aborts.delete(call.abort);
        call.abort();
      };
    },
    async close() {
      closed = true;
      for (const abort of aborts) abort();
      aborts.clear();
      await loading;
      await agent?.destroy();
    },
  };
}

/** A request under way: ends once, whatever comes first. */
interface Call {
  readonly handler: Dispatcher.DispatchHandler;
  readonly end: (result: AttemptResult) => void;
  readonly abort: () => void;
  readonly ended: boolean;
}

function createCall(timeLimitMs: number, done: (result: AttemptResult) => void): Call {
  let controller: Dispatcher.DispatchController | undefined;
  let ended = false;
  let aborted = false;
  let status = 0;
  let bytes = 0;
  const kept: Buffer[] = [];

  const finish = (): void => {
    ended = true;
    clearTimeout(timer);
  };
  const breakOff = (): void => {
    controller?.abort(new Error('The answer is not waited for any longer.'));
  };
  const end = (result: AttemptResult): void => {
    if (ended) return;
    finish();
    // Not from inside the client: it would take a bug of ours for a broken connection.
    queueMicrotask(() => {
      if (!aborted) done(result);
    });
  };
  const answer = (): void => {
    end({ kind: 'answered', status, body: Buffer.concat(kept).toString() });
  };
  const timer = setTimeout(() => {
    end({ kind: 'timed-out', afterMs: timeLimitMs });
    breakOff();
  }, timeLimitMs);

  return {
    get ended() {
      return ended;
    },
    end,
    abort() {
      aborted = true;
      if (ended) return;
      finish();
      breakOff();
    },
    handler: {
      onRequestStart(started) {
        controller = started;
        // A connection may come about after the time limit.
        if (ended) breakOff();
      },
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData(_controller, chunk) {
        if (bytes < mostAnswerBytes) kept.push(chunk.subarray(0, mostAnswerBytes - bytes));
        bytes += chunk.length;
        if (bytes <= mostAnswerBytes + mostSkippedBytes) return;
        answer();
        breakOff();
      },
      onResponseEnd: answer,
      onResponseError(_controller, error) {
        end({ kind: 'unreachable', reason: reasonOf(error) });
      },
    },
  };
}

function dispatch(
  agent: Agent,
  { origin, path }: Target,
  letter: Letter,
  call: Call,
  timeLimitMs: number,
): void {
  if (call.ended) return;
  const { method, headers, body, stallMs } = letter;
  agent.dispatch(
    {
      origin,
      path,
      method,
      headers,
      body: body && stallMs !== undefined ? stalling(body, stallMs || timeLimitMs) : (body ?? null),
    },
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
  stream.push(body.subarray(0, 1));
  const timer = setTimeout(() => {
    stream.push(body.subarray(1));
    stream.push(null);
  }, stallMs);
  return stream;
}

/** What the system says, such as `connect ECONNREFUSED 127.0.0.1:3000`; several addresses fail as one error. */
function reasonOf(error: Error & { readonly code?: string }): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  return error.message || (error.code ?? error.name);
}
