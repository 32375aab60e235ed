/**
 * The one `node:http` door. Graph requests become plain records here; what people use goes to the control API.
 *
 * No framework: Express alone would cost more than everything else a send does.
 */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { answerRefusal, type GraphAnswer } from './answer.ts';
import type { Graph } from './graph.ts';
import { isUploadPath, type RawRequest } from './read-request.ts';
import { oversizedBody } from './refusals.ts';
import { newest } from './versions.ts';

/** Largest document Meta takes is 100 MB; some room for the form around it. */
const maxUploadBytes = 101 * 1024 * 1024;
/** Far above any JSON body an edge takes. */
const maxJsonBytes = 5 * 1024 * 1024;

export interface FrontDoorOptions {
  readonly graph: Graph;
  /** Takes what is {@link isForPeople}; loaded when the first one comes. */
  readonly control?: RequestListener;
  /** Host names that may stand in `Host`; guards against DNS rebinding. */
  readonly hosts: ReadonlySet<string>;
  /** A bug in the simulator; the client gets a 500 that says whose fault it is. */
  readonly onBug: (error: unknown) => void;
}

interface Door extends FrontDoorOptions {
  readonly write: Write;
}

export function createFrontDoor(options: FrontDoorOptions): Server {
  // One client sends the same `Host` each time.
  let lastHost: string | undefined;
  const door = { ...options, write: createWriter() };
  const server = createServer({ keepAliveTimeout: 30_000, noDelay: true }, (request, response) => {
    const headers = readHeaders(request);
    const { host } = headers;
    if (host !== lastHost && !isKnownHost(host, options.hosts)) {
      writePlain(response, 421, 'coex: this host name is not one of the simulator; see --host.');
      return;
    }
    lastHost = host;
    if (options.control && isForPeople(request)) {
      options.control(request, response);
      return;
    }
    if (request.method === 'OPTIONS') answerPreflight(request, response);
    else receive(request, headers, response, door);
  });
  return server;
}

/**
 * Below `/_coex` is the control API. Meta's hosts serve pages beside the Graph: the dialog of Facebook Login, the
 * JavaScript SDK; and a browser that is sent to the root gets the console.
 */
function isForPeople(request: IncomingMessage): boolean {
  const { url = '/' } = request;
  if (url.startsWith('/_coex')) return true;
  // Headers are looked at here alone: making an object of them costs as much as deciding on a message.
  if (url === '/') return request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
  return (
    url.startsWith(dialog, 1) || url.startsWith(dialog, url.indexOf('/', 1) + 1) || url.endsWith('/sdk.js')
  );
}

const dialog = 'dialog/oauth';

/** What the Graph looks at of a request's headers. */
type Headers = Pick<RawRequest, 'host' | 'authorization' | 'contentType' | 'fileOffset'>;

/** Reads the raw list: having Node make an object of all headers costs as much as deciding on a message. */
function readHeaders({ rawHeaders }: IncomingMessage): Headers {
  const headers: { host?: string; authorization?: string; contentType?: string; fileOffset?: string } = {};
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const value = rawHeaders[index + 1] ?? '';
    // Lengths tell almost all other headers apart without looking at their letters.
    if (name.length === 4 && name.toLowerCase() === 'host') headers.host = value;
    else if (name.length === 11 && name.toLowerCase() === 'file_offset') headers.fileOffset = value;
    else if (name.length === 12 && name.toLowerCase() === 'content-type') headers.contentType = value;
    else if (name.length === 13 && name.toLowerCase() === 'authorization') headers.authorization = value;
  }
  return headers;
}

/**
 * A browser asks whether it may: every page may, with every header, as `access-control-allow-origin: *` on all answers
 * says (observed); the form of this answer is assumed.
 */
function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
    'access-control-allow-headers':
      request.headers['access-control-request-headers'] ?? 'authorization, content-type',
    'access-control-max-age': '86400',
    vary: 'Origin, Accept-Encoding',
    'content-length': '0',
  });
  request.resume();
  response.end();
}

function receive(request: IncomingMessage, headers: Headers, response: ServerResponse, door: Door): void {
  const holdsFile = headers.contentType?.startsWith('multipart/') === true || isUploadPath(request.url ?? '');
  const limit = holdsFile ? maxUploadBytes : maxJsonBytes;
  let first: Buffer | undefined;
  let rest: Buffer[] | undefined;
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limit) {
      refuseOversized(request, response, limit);
      return;
    }
    if (!first) first = chunk;
    else (rest ??= [first]).push(chunk);
  });
  request.on('end', () => {
    if (bytes > limit) return;
    const { method = 'GET', url: target = '/' } = request;
    const body = rest ? Buffer.concat(rest) : (first ?? empty);
    answer({ method, target, body, ...headers }, response, door);
  });
  // A client that goes away in the middle of its request gets no answer; nothing of it was decided.
  request.on('error', () => response.destroy());
}

const empty = Buffer.alloc(0);

/** Answers before the body has ended, and hangs up: what is still to come would never be read. */
function refuseOversized(request: IncomingMessage, response: ServerResponse, limit: number): void {
  if (response.headersSent) return;
  const refusal = answerRefusal(oversizedBody(limit), {
    served: newest,
    upgradedFrom: undefined,
    usage: undefined,
    traceId: 'A0000000000000000000000',
  });
  response.once('finish', () => request.destroy());
  writeNow(response, { ...refusal, headers: [...refusal.headers, 'connection', 'close'] });
}

function answer(raw: RawRequest, response: ServerResponse, { graph, onBug, write }: Door): void {
  const bug = (error: unknown): void => {
    onBug(error);
    writePlain(
      response,
      500,
      'coex: the simulator failed; this is a bug in coex, not an answer of WhatsApp.',
    );
  };
  try {
    const done = graph(raw);
    if (done instanceof Promise) done.then((ready) => write(response, ready), bug);
    else write(response, done);
  } catch (error) {
    bug(error);
  }
}

type Write = (response: ServerResponse, answer: GraphAnswer) => void;

/**
 * Writes answers when everything that has arrived was answered.
 *
 * Writing wakes the client up; waking it once for several answers costs a tenth less processor time under load than
 * once for each.
 */
function createWriter(): Write {
  let ready: { readonly response: ServerResponse; readonly answer: GraphAnswer }[] = [];
  const writeAll = (): void => {
    const answers = ready;
    ready = [];
    for (const { response, answer } of answers) writeNow(response, answer);
  };
  return (response, answer) => {
    if (ready.push({ response, answer }) === 1) setImmediate(writeAll);
  };
}

function writeNow(response: ServerResponse, answer: GraphAnswer): void {
  const { spoiling } = answer;
  switch (spoiling?.kind) {
    case undefined:
      writeAnswer(response, answer);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'latency': {
      const timer = setTimeout(() => writeAnswer(response, answer), spoiling.byMs);
      response.once('close', () => clearTimeout(timer));
      return;
    }
    case 'hang': {
      const timer = setTimeout(() => response.destroy(), longestHangMs);
      response.once('close', () => clearTimeout(timer));
    }
  }
}

/** Clients give up before; a connection that nobody gives up ends all the same. */
const longestHangMs = 120_000;

function writeAnswer(response: ServerResponse, { status, headers, body }: GraphAnswer): void {
  if (response.destroyed) return;
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  response.writeHead(status, [...headers, 'content-length', String(length)]);
  response.end(body);
}

function writePlain(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-coex-error': 'true' });
  response.end(`${text}\n`);
}

/** Literal addresses cannot be rebound; names have to be known. */
function isKnownHost(host: string | undefined, hosts: ReadonlySet<string>): boolean {
  if (host === undefined) return true;
  const colon = host.lastIndexOf(':');
  const name = colon > host.lastIndexOf(']') ? host.slice(0, colon) : host;
  return hosts.has(name) || /^[\d.]+$/.test(name) || name.startsWith('[');
}
