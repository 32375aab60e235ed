/** A port whose requests go on to somewhere else. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { pass, type Bounds, type Passed } from './forward.ts';

export interface Door {
  /** `http://127.0.0.1:4001`. */
  readonly url: string;
  /** Lets what is under way end, for so many milliseconds; then frees port and connections. */
  close(graceMs: number): Promise<void>;
}

export interface DoorOptions {
  readonly port: number;
  readonly target: URL;
  readonly bounds: Bounds;
  /**
   * A request is whole; nothing of it was passed on yet.
   *
   * @returns called when it has been answered
   */
  readonly onRequest: (request: IncomingMessage, body: Buffer) => (passed: Passed) => void;
  /** A request that could not even be read. */
  readonly onRefused: (passed: Passed) => void;
}

/** @throws the system's error where the port cannot be had */
export async function openDoor({ port, target, bounds, onRequest, onRefused }: DoorOptions): Promise<Door> {
  const agent = new Agent({ connections: 64, headersTimeout: 0, bodyTimeout: 0 });
  const underway = new Set<Promise<unknown>>();
  const server = createServer((request, response) => {
    let finish: ((passed: Passed) => void) | undefined;
    const passing = pass(request, response, targetOf(target, request.url ?? '/'), agent, bounds, (body) => {
      finish = onRequest(request, body);
    }).then((passed) => (finish ?? onRefused)(passed));
    underway.add(passing);
    void passing.finally(() => underway.delete(passing));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  }).catch(async (error: unknown) => {
    await agent.destroy();
    throw error;
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close(graceMs) {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      let timer: NodeJS.Timeout | undefined;
      const grace = new Promise((resolve) => (timer = setTimeout(resolve, graceMs)));
      await Promise.race([Promise.allSettled(underway), grace]);
      clearTimeout(timer);
      await agent.destroy();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The same path where it is the target's or below it; else the path is below the target's. */
export function targetOf(target: URL, requested: string): URL {
  const asked = new URL(requested.startsWith('/') ? `http://door${requested}` : requested, 'http://door');
  const base = target.pathname.replace(/\/$/, '');
  const isBelow = asked.pathname === base || asked.pathname.startsWith(`${base}/`);
  const url = new URL(target);
  if (!isBelow) url.pathname = asked.pathname === '/' ? target.pathname : `${base}${asked.pathname}`;
  else url.pathname = asked.pathname;
  url.search = [target.search.slice(1), asked.search.slice(1)].filter((part) => part !== '').join('&');
  return url;
}
