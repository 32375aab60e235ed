/** Whether the system under test takes connections yet. */
import { connect } from 'node:net';

/** A URL that is asked, or a port that is knocked at. */
export type ReadySign = { readonly url: string } | { readonly host: string; readonly port: number };

/** What to look for: the configured URL, else the webhook's port. */
export function readySign(ready: string | undefined, webhook: string): ReadySign {
  if (ready !== undefined) return { url: ready };
  const { hostname, port, protocol } = new URL(webhook);
  const usual = protocol === 'https:' ? 443 : 80;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? usual : Number(port) };
}

const everyMs = 50;
/** Longest single look. */
const lookMs = 1_000;

/**
 * Looks until it is ready.
 *
 * @returns false when the time is over or `signal` aborted first
 */
export async function isReadyWithin(
  sign: ReadySign,
  withinMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const endMs = performance.now() + withinMs;
  const isOver = (): boolean => performance.now() >= endMs || signal.aborted;
  while (!isOver()) {
    const isReady = 'url' in sign ? await answersBelow500(sign.url) : await takesConnections(sign);
    if (isReady) return !signal.aborted;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return false;
}

async function answersBelow500(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(lookMs), redirect: 'manual' });
    await response.body?.cancel();
    return response.status < 500;
  } catch {
    return false;
  }
}

function takesConnections({
  host,
  port,
}: {
  readonly host: string;
  readonly port: number;
}): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: lookMs });
    const end = (taken: boolean): void => {
      socket.destroy();
      resolve(taken);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
