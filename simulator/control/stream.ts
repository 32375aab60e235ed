/**
 * What happens in a world, as it happens: `/_coex/stream?world=default&since=0&after=0` over WebSocket, JSON texts.
 *
 * A text holds what has piled up since the last one, so that a reader is woken as often as it can follow and no more.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Exchange, LogRecord, Simulator, WorldHandle } from '../index.ts';
import { createAdmission } from './admission.ts';
import type { ControlOptions } from './app.ts';

/** A reader that lets more than this pile up unread is disconnected; it comes back with `since` and misses nothing. */
const mostBufferedBytes = 8 * 1024 * 1024;
/** While this much is unread, what happens waits here instead: a slow reader gets it in larger pieces. */
const fullBytes = 256 * 1024;
/** How often a reader is told at most, real milliseconds. */
const pauseMs = 25;
/** Where nothing happens the clock is told all the same, real milliseconds. */
const pulseMs = 1_000;
/** Most that waits for a slow reader. */
const mostWaiting = 20_000;

/** 1013: try again later. */
const tooSlow = 1013;

/** One text of the stream. */
export interface StreamText {
  /** Virtual now, and how fast time passes. */
  readonly nowMs: number;
  readonly speed: number;
  readonly exchanges: readonly Exchange[];
  readonly records: readonly LogRecord[];
  /** Not all that was asked for is still kept: look at the whole world anew. */
  readonly gap?: true;
}

export function attachStream(simulator: Simulator, server: Server, options: ControlOptions): void {
  const admission = createAdmission(options.operatorToken);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const name = url.searchParams.get('world') ?? 'default';
    const world = simulator.worlds().find((one) => one.name === name);
    if (url.pathname !== '/_coex/stream' || !world || admission.turnedAway(request) !== undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    void import('ws').then(({ WebSocketServer }) => {
      const sockets = new WebSocketServer({ noServer: true, maxPayload: 1_024 });
      sockets.handleUpgrade(request, socket, head, (client) => {
        const from = (key: string): number => Number(url.searchParams.get(key) ?? 0) || 0;
        follow(world, client, from('since'), from('after'));
      });
    });
  });
}

/** Sends the exchanges after `since` and the records after `after` that are still kept, then everything new. */
function follow(world: WorldHandle, client: WebSocket, since: number, after: number): void {
  let exchanges: Exchange[] = [...world.journal.since(since)];
  let records: LogRecord[] = world.log.recent().filter(({ sequence }) => sequence > after);
  let timer: NodeJS.Timeout | undefined;
  const isGap =
    (exchanges[0]?.number ?? world.journal.newest + 1) > since + 1 ||
    (records[0]?.sequence ?? world.log.length + 1) > after + 1;

  const send = (text: StreamText): void => client.send(JSON.stringify(text));
  const flush = (): void => {
    timer = undefined;
    if (client.bufferedAmount > mostBufferedBytes || exchanges.length + records.length > mostWaiting) {
      client.close(tooSlow, 'too slow: come back with since= and after=');
      return;
    }
    if (client.bufferedAmount > fullBytes) {
      later();
      return;
    }
    send({ nowMs: world.nowMs(), speed: world.speed, exchanges, records });
    exchanges = [];
    records = [];
  };
  const later = (): void => {
    timer ??= setTimeout(flush, pauseMs);
  };

  send({
    nowMs: world.nowMs(),
    speed: world.speed,
    exchanges,
    records,
    ...(isGap && { gap: true as const }),
  });
  exchanges = [];
  records = [];
  const pulse = setInterval(later, pulseMs);
  const stops = [
    world.journal.subscribe((exchange) => {
      exchanges.push(exchange);
      later();
    }),
    world.log.subscribe((record) => {
      records.push(record);
      later();
    }),
  ];
  client.on('close', () => {
    clearTimeout(timer);
    clearInterval(pulse);
    stops.forEach((stop) => stop());
  });
}
