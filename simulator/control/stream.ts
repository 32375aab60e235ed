/** What happens in a world, as it happens: `/_coex/stream?world=default&since=0` over WebSocket, one JSON text each. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Simulator, WorldHandle } from '../index.ts';
import { turnedAway } from './admission.ts';
import type { ControlOptions } from './app.ts';

/** A reader that lets more than this pile up is disconnected; it comes back with `since` and misses nothing. */
const mostBufferedBytes = 8 * 1024 * 1024;

/** 1013: try again later. */
const tooSlow = 1013;

export function attachStream(simulator: Simulator, server: Server, options: ControlOptions): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const name = url.searchParams.get('world') ?? 'default';
    const world = simulator.worlds().find((one) => one.name === name);
    if (
      url.pathname !== '/_coex/stream' ||
      !world ||
      turnedAway(request, options.operatorToken) !== undefined
    ) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    void import('ws').then(({ WebSocketServer }) => {
      const sockets = new WebSocketServer({ noServer: true, maxPayload: 1_024 });
      sockets.handleUpgrade(request, socket, head, (client) => {
        follow(world, client, Number(url.searchParams.get('since') ?? 0));
      });
    });
  });
}

/** Sends the exchanges after `since` that are still kept, then everything new. */
function follow(world: WorldHandle, client: WebSocket, since: number): void {
  const send = (message: object): void => {
    if (client.bufferedAmount > mostBufferedBytes) client.close(tooSlow, 'too slow: come back with since=');
    else client.send(JSON.stringify(message));
  };
  for (const exchange of world.journal.since(since)) send({ exchange });
  const stops = [
    world.journal.subscribe((exchange) => send({ exchange })),
    world.log.subscribe((record) => send({ record })),
  ];
  client.on('close', () => stops.forEach((stop) => stop()));
}
