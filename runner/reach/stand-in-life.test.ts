/** How a stand-in ends, and what it says when it cannot begin. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Mistake } from '../plan/mistake.ts';
import { close, openGraphStub, type GraphStub } from './programs.test.setup.ts';
import { openMetaStandIn } from './stand-in.ts';

let graph: GraphStub;
beforeAll(async () => {
  graph = await openGraphStub();
});
afterAll(() => close(graph.server));

test('closing leaves no socket, no file, and hangs up on who is there', async () => {
  const other = await openMetaStandIn({ graphUrl: graph.url, tls: { port: 0 } });
  const listener = createTcpServer({ allowHalfOpen: true });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const sockets = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
  const before = sockets();
  const accepted = new Promise<Socket>((resolve) => listener.once('connection', resolve));
  const hungUp = (at: number, line: string): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(at, '127.0.0.1', () => socket.write(line));
      socket.on('data', () => undefined);
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
    });
  const proxyPort = Number(new URL(other.proxyUrl).port);
  const all = [
    hungUp(proxyPort, `CONNECT localhost:${port} HTTP/1.1\r\n\r\n`),
    hungUp(proxyPort, 'CONNECT graph.facebook.com:443 HTTP/1.1\r\n\r\n'),
    hungUp(other.tlsPort ?? 0, ''),
  ];
  // It takes the end of the tunnel for a pause, and never ends its own half.
  const target = await accepted;
  target.resume();
  const folder = path.dirname(other.authorityFile);
  expect(existsSync(folder)).toBe(true);
  await other.close();
  await Promise.all(all);
  expect(existsSync(folder)).toBe(false);
  for (const at of [proxyPort, other.tlsPort ?? 0]) {
    const error = await new Promise<Error>((resolve) => connect(at, '127.0.0.1').once('error', resolve));
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  }
  await expect.poll(() => sockets()).toBeLessThanOrEqual(before + 1);
  target.destroy();
  await new Promise((resolve) => listener.close(resolve));
});

test('a folder that was given is kept, without our files', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'coex-given-'));
  const own = path.join(folder, 'own.txt');
  writeFileSync(own, 'mine');
  const other = await openMetaStandIn({ graphUrl: graph.url, folder });
  expect(path.dirname(other.bundleFile)).toBe(folder);
  await other.close();
  expect([existsSync(own), existsSync(other.bundleFile), existsSync(other.authorityFile)]).toEqual([
    true,
    false,
    false,
  ]);
  rmSync(folder, { recursive: true });
});

test('a port that is taken is a mistake with a way out', async () => {
  const taken = Number(new URL(graph.url).port);
  const error = await openMetaStandIn({ graphUrl: graph.url, tls: { port: taken } }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Mistake);
  expect((error as Mistake).notes[0]).toEqual({
    message: `Port ${taken} is in use by another process.`,
    place: `127.0.0.1:${taken}`,
    hint: 'Stop what listens there, or take another address of this machine, such as 127.0.0.2.',
  });
  await expect(openMetaStandIn({ graphUrl: graph.url, proxyPort: taken })).rejects.toThrow(Mistake);
});
