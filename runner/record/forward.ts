/** Passes one request on byte for byte, and its answer back. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Agent } from 'undici';

/** What went to and fro. */
export interface Passed {
  readonly body: Buffer;
  /** Missing where there was no answer that could be passed on. */
  readonly answer?: { readonly status: number; readonly encoding: string; readonly body: Buffer };
  /** Why not. */
  readonly failure?: string;
  /** What was answered in that case. */
  readonly ownStatus?: number;
}

export interface Bounds {
  /** Bytes of a body, either way. */
  readonly largestBody: number;
  /** Milliseconds from the whole request to the whole answer. */
  readonly timeLimitMs: number;
}

/** Headers that are about one connection alone; the length is written anew. */
const hopByHop = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Never rejects: whatever goes wrong is told to the sender and in what is returned.
 *
 * @param url - where it goes, with path and query
 * @param began - called when the request is whole and before it is passed on
 */
export async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  agent: Agent,
  bounds: Bounds,
  began: (body: Buffer) => void,
): Promise<Passed> {
  const body = await readAll(request, bounds.largestBody).catch(() => undefined);
  if (body === 'too-large') {
    const failure = `the body is larger than ${sizeText(bounds.largestBody)}`;
    return refuse(response, 413, failure, Buffer.alloc(0));
  }
  // Whoever went away in the middle is owed no answer.
  if (!body) return { body: Buffer.alloc(0), failure: 'the sender broke off' };
  began(body);
  const ended = AbortSignal.timeout(bounds.timeLimitMs);
  try {
    const answered = await agent.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: request.method ?? 'GET',
      headers: endToEnd(request.rawHeaders),
      body: body.length > 0 ? body : null,
      signal: ended,
      responseHeaders: 'raw',
    });
    const answer = await readAll(answered.body, bounds.largestBody);
    if (answer === 'too-large') {
      answered.body.destroy();
      return refuse(response, 502, `the answer is larger than ${sizeText(bounds.largestBody)}`, body);
    }
    const headers = endToEnd(rawTexts(answered.headers));
    response.writeHead(answered.statusCode, lengthOf(headers, request, answer));
    response.end(answer);
    return {
      body,
      answer: { status: answered.statusCode, encoding: valueOf(headers, 'content-encoding'), body: answer },
    };
  } catch (error) {
    const failure = ended.aborted ? `no answer within ${bounds.timeLimitMs / 1_000} s` : reasonOf(error);
    return refuse(response, ended.aborted ? 504 : 502, failure, body);
  }
}

function refuse(response: ServerResponse, ownStatus: number, failure: string, body: Buffer): Passed {
  response.writeHead(ownStatus, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`coex record: ${failure}\n`);
  return { body, failure, ownStatus };
}

async function readAll(stream: AsyncIterable<unknown>, most: number): Promise<Buffer | 'too-large'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > most) return 'too-large';
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Names and values in turn, as they came. */
function endToEnd(raw: readonly string[]): string[] {
  const connection = valueOf(raw, 'connection').toLowerCase().split(',');
  const named = new Set([...hopByHop, ...connection.map((name) => name.trim())]);
  const kept: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2)
    if (!named.has(raw[at]?.toLowerCase() ?? '')) kept.push(raw[at] ?? '', raw[at + 1] ?? '');
  return kept;
}

function valueOf(raw: readonly string[], name: string): string {
  const at = raw.findIndex((one, index) => index % 2 === 0 && one.toLowerCase() === name);
  return at === -1 ? '' : (raw[at + 1] ?? '');
}

/** undici gives raw headers in turn, as texts or bytes, though its types know the parsed form alone. */
const rawTexts = (headers: unknown): readonly string[] =>
  Array.isArray(headers)
    ? (headers as readonly unknown[]).map((one) =>
        Buffer.isBuffer(one) ? one.toString('latin1') : String(one),
      )
    : [];

/** An answer to HEAD, and one without content, has no length of its own. */
const lengthOf = (headers: string[], { method }: IncomingMessage, answer: Buffer): string[] =>
  method === 'HEAD' || answer.length === 0 ? headers : [...headers, 'content-length', String(answer.length)];

const sizeText = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  ECONNRESET: 'the connection was broken off',
  UND_ERR_SOCKET: 'the connection was broken off',
  UND_ERR_CONNECT_TIMEOUT: 'nobody answers there',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (code || (error instanceof Error ? error.message : String(error)));
}
