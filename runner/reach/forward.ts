/** Hands requests on to the simulator, as they come, and brings its answers back the same way. */
import { Agent, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';

export interface Forwarder {
  /** Answers a request in the simulator's words; never throws. */
  forward(asked: IncomingMessage, answer: ServerResponse): void;
  /** Hangs up on the simulator. */
  close(): void;
}

/**
 * Headers of one connection, which the next one decides for itself, and `Expect`, which Node's server has answered; how a
 * body is delimited stays, or its end would not be known.
 */
const ownToAConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'proxy-authenticate',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

/** @param graphUrl - the simulator; its path, if it has one, goes before Graph's */
export function createForwarder(graphUrl: string): Forwarder {
  const base = new URL(graphUrl);
  const agent = new Agent({ keepAlive: true });
  const prefix = base.pathname.replace(/\/$/, '');

  const forward = (asked: IncomingMessage, answer: ServerResponse): void => {
    const onward = send({
      agent,
      host: base.hostname.replace(/^\[|\]$/g, ''),
      port: base.port,
      method: asked.method,
      path: prefix + (asked.url ?? '/'),
      // The simulator takes no names but its own, so that no page of the web can be led to it.
      headers: [...withoutOwn(asked.rawHeaders, ['host']), 'host', base.host],
    });
    onward.once('response', (response) => {
      answer.writeHead(
        response.statusCode ?? 502,
        response.statusMessage,
        withoutOwn(response.rawHeaders, []),
      );
      // Whoever breaks off in the middle, the other one is cut off as well; there is nobody left to tell.
      pipeline(response, answer, () => undefined);
    });
    onward.once('error', (error: NodeJS.ErrnoException) => {
      // Where an answer has begun, its pipeline sees to the rest.
      if (answer.headersSent) return;
      if (wasConnected(error)) hangUp(answer);
      else answerUnreachable(answer, base.origin, error);
    });
    answer.once('close', () => {
      if (!answer.writableFinished) onward.destroy();
    });
    asked.once('error', () => onward.destroy());
    asked.pipe(onward);
  };

  return { forward, close: () => agent.destroy() };
}

/** @param names - lower case, to leave out as well */
function withoutOwn(rawHeaders: readonly string[], names: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    const plain = name.toLowerCase();
    if (!ownToAConnection.has(plain) && !names.includes(plain)) kept.push(name, value);
  }
  return kept;
}

/** A connection that breaks may be one of the simulator's faults, and the program is to see just that. */
const wasConnected = (error: NodeJS.ErrnoException): boolean =>
  error.code === 'ECONNRESET' || error.code === 'EPIPE';

const hangUp = (answer: ServerResponse): void => void answer.socket?.destroy();

function answerUnreachable(answer: ServerResponse, origin: string, error: NodeJS.ErrnoException): void {
  answer.writeHead(502, { 'content-type': 'text/plain; charset=utf-8', 'x-coex-error': 'true' });
  answer.end(`coex: the simulator at ${origin} does not answer (${error.code ?? error.message}).\n`);
}
