/** An HTTP forward proxy: Meta's hosts are answered by the stand-in, everybody else is reached as without it. */
import type { IncomingMessage } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { RequestError, Server as ProxyServer, type PrepareRequestFunction } from 'proxy-chain';
import { portMistake } from '../plan/port-mistake.ts';
import { kindOfHost, plainHost, refusalText } from './meta-hosts.ts';

export interface ProxyOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** Takes the connections for the simulated hosts. */
  readonly tls: TlsServer;
  /** Hears of a host of Meta that was asked for and is not simulated. */
  readonly onRefused: (host: string) => void;
}

export interface Proxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Only programs of this machine may come. */
const loopback = '127.0.0.1';

/** @throws Mistake where the port cannot be had */
export async function openProxy({ port, tls, onRefused }: ProxyOptions): Promise<Proxy> {
  const tunnels = new Set<Socket>();
  // The library ends its half of a tunnel only; a far end that keeps the other half would keep us from ending.
  const watchTunnel = ({ socket }: IncomingMessage): void => {
    socket.once('pipe', (far: Socket) => {
      tunnels.add(far);
      far.once('close', () => tunnels.delete(far));
    });
  };
  const prepareRequestFunction: PrepareRequestFunction = (asked) => {
    const host = plainHost(asked.hostname);
    const kind = kindOfHost(host);
    if (kind === 'elsewhere') {
      if (!asked.isHttp) watchTunnel(asked.request);
      return {};
    }
    // Without TLS, and on other ports, Meta has nothing that we know; and none of it may reach Meta itself.
    if (kind === 'simulated' && !asked.isHttp && asked.port === 443) return { customConnectServer: tls };
    onRefused(host);
    throw new RequestError(`${refusalText(host)}\n`, 403, { 'x-coex-error': 'true' });
  };
  const server = new ProxyServer({ host: loopback, port, prepareRequestFunction });
  try {
    await server.listen();
  } catch (error) {
    throw portMistake(error, port, 'the port of the proxy') ?? error;
  }
  return {
    url: `http://${loopback}:${server.port}`,
    async close() {
      await server.close(true);
      for (const far of tunnels) far.destroy();
    },
  };
}
