/** One HTTP request under way: it ends once, within its time limit, whatever the receiver does. */
import type { Dispatcher } from 'undici';
import type { AttemptResult } from '../core/journal.ts';

/** Bytes of the answer's body that are kept. */
const mostAnswerBytes = 4_096;
/** Bytes of the answer read past before the connection is given up instead. */
const mostSkippedBytes = 64 * 1024;

export interface Call {
  /** For the client: what it hears from the receiver. */
  readonly handler: Dispatcher.DispatchHandler;
  /** Ends the call with a result, if nothing has ended it yet. */
  readonly end: (result: AttemptResult) => void;
  /** Ends it without a result. */
  readonly abort: () => void;
  readonly ended: boolean;
}

/**
 * Starts the time limit of a call.
 *
 * @param done - called once, in a later turn of the event loop, unless aborted before
 */
export function createCall(timeLimitMs: number, done: (result: AttemptResult) => void): Call {
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
    // Not from inside the client: it would take a bug of ours for a broken connection. And a turn later, when a
    // receiver that hangs up after its answer has been noticed.
    setImmediate(() => {
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

/** What the system says, such as `connect ECONNREFUSED 127.0.0.1:3000`; several addresses fail as one error. */
function reasonOf(error: Error & { readonly code?: string }): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0].message;
  return error.message || (error.code ?? error.name);
}
