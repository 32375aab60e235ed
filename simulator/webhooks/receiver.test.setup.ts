/** Receivers on 127.0.0.1 for this room's tests: each hears every request and answers as it is told. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';

export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** Connections that are open now. */
  readonly open: () => number;
  /** Connections there have ever been. */
  readonly opened: () => number;
}

export type Behave = (response: ServerResponse, heard: Heard, request: IncomingMessage) => void;

export const answer =
  (status = 200, body = ''): Behave =>
  (response) => {
    response.writeHead(status, { 'Content-Length': Buffer.byteLength(body) }).end(body);
  };

const closings: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

/** Listens until the test ends. */
export async function createReceiver(behave: Behave = answer()): Promise<Receiver> {
  const heard: Heard[] = [];
  let open = 0;
  let opened = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks).toString('latin1') };
      heard.push(one);
      behave(response, one, request);
    });
  });
  server.on('connection', (socket) => {
    open += 1;
    opened += 1;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open -= 1;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closings.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, heard, open: () => open, opened: () => opened };
}

/** An address where nobody listens. */
export async function freeUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}
