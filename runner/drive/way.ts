/** The way from a system under test to our Graph, where Meta's host is written into it (`sut.reach`). */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../contracts/catalogue.ts';
import type { Config } from '../plan/config.ts';
import { Mistake } from '../plan/mistake.ts';
import type { Values } from '../plan/placeholders.ts';

export interface Way {
  /** For the system's process. */
  readonly environment: Readonly<Record<string, string>>;
  /** How its command is run; missing: as it stands. */
  readonly wrap?: (command: string) => string;
  /** Hosts of Meta that it asked for and that nobody simulates. */
  refusedHosts(): readonly string[];
  close(): Promise<void>;
}

export interface WayOptions {
  readonly config: Config & { readonly folder: string };
  readonly values: Values;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const nothing = {
  refusedHosts: () => [],
  close: () => Promise.resolve(),
} as const;

/** @throws Mistake where this machine does not allow it, with the reason */
export async function openWay(options: WayOptions): Promise<Way> {
  switch (options.config.sut.reach) {
    case 'base-url':
      return { environment: {}, ...nothing };
    case 'redirect':
      return { environment: preloadEnvironment(options), ...nothing };
    case 'proxy':
    case 'hosts':
      return openStandIn(options);
  }
}

/** Written out: a preload is loaded by another process, which has no sources of ours. */
const redirectFile = (): string => path.join(packageRoot(), 'dist', 'runner', 'drive', 'redirect.js');

function preloadEnvironment({ config, environment }: WayOptions): Readonly<Record<string, string>> {
  const before = config.sut.env['NODE_OPTIONS'] ?? environment['NODE_OPTIONS'];
  const preload = `--import ${pathToFileURL(redirectFile()).href}`;
  return { NODE_OPTIONS: before === undefined || before === '' ? preload : `${before} ${preload}` };
}

/** Addresses of loopback that hosts lead to: 443 on the first may be somebody else's, another run of ours perhaps. */
const tlsAddresses = ['127.0.44.3', '127.0.44.4', '127.0.44.5', '127.0.44.6'];

async function openStandIn({ config, values }: WayOptions): Promise<Way> {
  // Certificates and proxies are loaded by those alone who need them.
  const { openMetaStandIn } = await import('../reach/stand-in.ts');
  const refused = new Set<string>();
  const graphUrl = values['graph'] ?? '';
  const onRefused = (host: string): void => void refused.add(host);
  const rest = { refusedHosts: () => [...refused] };
  if (config.sut.reach === 'proxy') {
    const standIn = await openMetaStandIn({ graphUrl, onRefused });
    return { environment: standIn.environment, ...rest, close: () => standIn.close() };
  }
  const { standIn, host } = await firstFree(tlsAddresses, (address) =>
    openMetaStandIn({ graphUrl, onRefused, tls: { host: address } }),
  );
  const { withPrivateHosts } = await import('../reach/private-hosts.ts');
  const { currentAccount, whyNoPrivateHosts } = await import('../reach/private-hosts-check.ts');
  const { hostsFile = '' } = standIn;
  const why = await whyNoPrivateHosts(hostsFile, host);
  if (why !== undefined) {
    await standIn.close();
    throw new Mistake({ message: why, place: config.place('sut', 'reach') });
  }
  return {
    environment: standIn.environment,
    wrap: (command) => withPrivateHosts(command, hostsFile, currentAccount()),
    ...rest,
    close: () => standIn.close(),
  };
}

/** @throws what the last one threw */
async function firstFree<T>(
  hosts: readonly string[],
  open: (host: string) => Promise<T>,
): Promise<{ standIn: T; host: string }> {
  let failure: unknown;
  for (const host of hosts) {
    try {
      return { standIn: await open(host), host };
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}
