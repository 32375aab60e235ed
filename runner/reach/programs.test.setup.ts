/** What the tests of this room share: a Graph that says what it was asked, and programs that ask. */
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Longest that a program may take, milliseconds; a proxy that hangs is found by it. */
const usualTimeout = 20_000;

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program with nothing of this process's environment but where programs are found. */
export function run(
  program: string,
  args: readonly string[],
  environment: Environment = {},
  { timeout = usualTimeout } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment };
    const options = { env, timeout, killSignal: 'SIGKILL', maxBuffer: 32 * 1024 * 1024 } as const;
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      const detail = error !== null && code === null ? error.message : '';
      resolve({ code, signal: child.signalCode, stdout, stderr: stderr + detail });
    });
    child.stdin?.end();
  });
}

/** Whether a program is there. */
export async function isThere(program: string, ...args: readonly string[]): Promise<boolean> {
  return (await run(program, args)).code === 0;
}

/** Debian's PHP, installed where it is missing. @returns the reason why there is none */
export async function whyNoPhp(): Promise<string | undefined> {
  if (await isThere('php', '--version')) return undefined;
  if (process.getuid?.() !== 0) return 'There is no PHP, and only root may install it.';
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const limit = { timeout: 240_000 };
  await run('apt-get', ['update'], env, limit);
  const { stderr } = await run(
    'apt-get',
    ['install', '-y', '--no-install-recommends', 'php-cli'],
    env,
    limit,
  );
  return (await isThere('php', '--version'))
    ? undefined
    : `PHP could not be installed: ${stderr.slice(-300)}`;
}

export interface GraphStub {
  readonly url: string;
  readonly server: Server;
  /** Request lines, as they came. */
  readonly asked: string[];
}

/**
 * `/echo…` streams the body back; `/reset` breaks the connection; `/half` breaks it in the middle of an answer; `/hang`
 * never answers; anything else is answered with what was asked.
 */
export async function openGraphStub(): Promise<GraphStub> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    asked.push(`${method} ${url}`);
    if (url.startsWith('/echo')) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      request.pipe(response);
      return;
    }
    if (url === '/hang') return;
    if (url === '/reset') {
      response.socket?.resetAndDestroy();
      return;
    }
    if (url === '/half') {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.socket?.destroy());
      return;
    }
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      response.writeHead(200, 'OK', ['x-fb-trace-id', 'A1', 'set-cookie', 'a=1', 'set-cookie', 'b=2']);
      response.end(JSON.stringify({ method, url, host: headers.host, token: headers.authorization, body }));
    });
  });
  return { url: await listen(server), server, asked };
}

/** @returns the address of a server that now listens on any free port */
export async function listen(server: Server | TlsServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const close = (server: Server | TlsServer): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
