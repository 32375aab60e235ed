/** The TLS side of the stand-in: one server, which the proxy hands its connections to and which may listen as well. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { portMistake } from '../plan/port-mistake.ts';
import { Mistake } from '../plan/mistake.ts';
import type { Authority } from './authority.ts';
import type { Forwarder } from './forward.ts';
import { kindOfHost, plainHost, refusalText, simulatedHosts } from './meta-hosts.ts';

export interface TlsFrontOptions {
  readonly authority: Authority;
  readonly forwarder: Forwarder;
  /** Hears of a host of Meta that was asked for and is not simulated. */
  readonly onRefused: (host: string) => void;
}

export interface TlsFront {
  /** Takes connections as its `connection` event. */
  readonly server: Server;
  /** @returns the port. @throws Mistake where it cannot be had */
  listen(host: string, port: number): Promise<number>;
  close(): Promise<void>;
}

export function createTlsFront({ authority, forwarder, onRefused }: TlsFrontOptions): TlsFront {
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    const host = hostOf(request);
    if (kindOfHost(host) === 'simulated') {
      forwarder.forward(request, response);
      return;
    }
    onRefused(host);
    request.resume();
    response.writeHead(421, { 'content-type': 'text/plain; charset=utf-8', 'x-coex-error': 'true' });
    response.end(`${refusalText(host)}\n`);
  };
  const server = createServer(
    {
      SNICallback(name, done) {
        const host = plainHost(name);
        if (kindOfHost(host) === 'elsewhere') {
          done(new Error(`coex: ${host} is no host of Meta.`));
          return;
        }
        authority.contextFor(host).then(
          (context) => done(null, context),
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      },
    },
    take,
  );
  // Node's own list of connections holds those that were listened for alone.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // A program that does not trust us hangs up; that is its right, and it says so itself.
  server.on('tlsClientError', (_error, socket) => socket.destroy());

  return {
    server,
    listen: (host, port) => listen(server, host, port),
    async close() {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Without a `Host`, or with one of an address, it is the Graph that is meant: nobody else is asked that way. */
function hostOf({ headers }: IncomingMessage): string {
  const host = plainHost((headers.host ?? '').replace(/:\d+$/, ''));
  return host === '' || kindOfHost(host) === 'elsewhere' ? simulatedHosts[0] : host;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(tlsPortMistake(error, host, port) ?? error);
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Another port is no way out here: the program asks for this one. */
function tlsPortMistake(error: Error, host: string, port: number): Mistake | undefined {
  const [note] = portMistake(error, port, `${host}:${port}`)?.notes ?? [];
  return note && new Mistake({ ...note, hint: waysOut('code' in error ? error.code : undefined) });
}

function waysOut(code: unknown): string {
  if (code === 'EACCES')
    return [
      'Ports below 1024 belong to root. Any of these helps:',
      '- run coex as root, or in a container',
      '- sudo sysctl net.ipv4.ip_unprivileged_port_start=443',
      '- reach the system by its proxy settings instead, if it has any',
    ].join('\n');
  if (code === 'EADDRINUSE')
    return 'Stop what listens there, or take another address of this machine, such as 127.0.0.2.';
  return 'Take 127.0.0.1, or another address of this machine.';
}
