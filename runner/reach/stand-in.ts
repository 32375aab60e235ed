/**
 * Stands in for Meta's hosts, for systems that have `https://graph.facebook.com` written into them, whatever they are
 * made with: a proxy and a certificate authority by their environment, or a TLS port by an entry among the hosts.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createForwarder } from './forward.ts';
import { metaDomains } from './meta-hosts.ts';
import { hostsText } from './private-hosts.ts';
import { machineHosts } from './private-hosts-check.ts';
import { createTlsFront } from './tls-front.ts';
import { trustBundle } from './trust-bundle.ts';
import { standInEnvironment } from './stand-in-environment.ts';

export interface MetaStandInOptions {
  /** The simulator, `http`. */
  readonly graphUrl: string;
  /** Where the proxy listens, on 127.0.0.1. Default 0: any that is free. */
  readonly proxyPort?: number;
  /** Where TLS is listened for as well. `host` is 127.0.0.1 by default, `port` 443. */
  readonly tls?: { readonly host?: string; readonly port?: number };
  /** Where the files are put. Default: a fresh temporary folder, which is removed at the end. */
  readonly folder?: string;
  /**
   * Hears of each attempt to reach a host of Meta that is not simulated; the attempt is refused. Programs often hide what
   * they were told, so whoever runs them should say it.
   */
  readonly onRefused?: (host: string) => void;
}

/** Answers as Meta's hosts over TLS, with certificates of a local authority. */
export interface MetaStandIn {
  /** What a program needs in its environment to come here instead of to Meta, and to trust what it finds. */
  readonly environment: Readonly<Record<string, string>>;
  /** `http://127.0.0.1:PORT` */
  readonly proxyUrl: string;
  /** Our authority alone, PEM: for variables that add to what is trusted. */
  readonly authorityFile: string;
  /** What is trusted anyway, and ours, PEM: for variables that replace the whole list. */
  readonly bundleFile: string;
  /** Where TLS is listened for, if that was asked for. */
  readonly tlsPort?: number;
  /** Then also: what a program shall find at `/etc/hosts` to come there; see `withPrivateHosts`. */
  readonly hostsFile?: string;
  /** Hangs up on everybody and removes the files. */
  close(): Promise<void>;
}

/** @throws Mistake on a port that cannot be had */
export async function openMetaStandIn(options: MetaStandInOptions): Promise<MetaStandIn> {
  const { graphUrl, proxyPort = 0, tls, onRefused = () => undefined } = options;
  // Most runs need neither; loading them takes longer than all else here.
  const [{ createAuthority }, { openProxy }] = await Promise.all([
    import('./authority.ts'),
    import('./proxy.ts'),
  ]);
  const authority = await createAuthority(metaDomains);
  const forwarder = createForwarder(graphUrl);
  const front = createTlsFront({ authority, forwarder, onRefused });
  const closeFront = async (): Promise<void> => {
    await front.close();
    forwarder.close();
  };
  const tlsHost = tls?.host ?? '127.0.0.1';
  const files = writeFiles(options.folder, authority.certificate, tlsHost);
  try {
    const tlsPort = tls && (await front.listen(tlsHost, tls.port ?? 443));
    const proxy = await openProxy({ port: proxyPort, tls: front.server, onRefused });
    return {
      environment: standInEnvironment({ proxyUrl: proxy.url, ...files }),
      proxyUrl: proxy.url,
      authorityFile: files.authorityFile,
      bundleFile: files.bundleFile,
      ...(tlsPort !== undefined && { tlsPort, hostsFile: files.hostsFile }),
      async close() {
        await Promise.all([proxy.close(), closeFront()]);
        files.remove();
      },
    };
  } catch (error) {
    await closeFront();
    files.remove();
    throw error;
  }
}

interface Files {
  readonly authorityFile: string;
  readonly bundleFile: string;
  readonly hostsFile: string;
  /** A folder of settings for PHP, which reads no variable for all of its ways out. */
  readonly phpFolder: string;
  readonly remove: () => void;
}

function writeFiles(given: string | undefined, certificate: string, tlsHost: string): Files {
  const folder = given ?? mkdtempSync(path.join(tmpdir(), 'coex-stand-in-'));
  const authorityFile = path.join(folder, 'authority.pem');
  const bundleFile = path.join(folder, 'bundle.pem');
  const hostsFile = path.join(folder, 'hosts');
  const phpFolder = path.join(folder, 'php');
  mkdirSync(phpFolder, { recursive: true });
  writeFileSync(authorityFile, certificate);
  writeFileSync(bundleFile, trustBundle(certificate, process.env['SSL_CERT_FILE']));
  writeFileSync(hostsFile, hostsText(machineHosts(), tlsHost));
  writeFileSync(
    path.join(phpFolder, 'coex.ini'),
    `openssl.cafile = "${bundleFile}"\ncurl.cainfo = "${bundleFile}"\n`,
  );
  const ours = given === undefined ? [folder] : [authorityFile, bundleFile, hostsFile, phpFolder];
  const remove = (): void => {
    for (const name of ours) rmSync(name, { recursive: true, force: true });
  };
  return { authorityFile, bundleFile, hostsFile, phpFolder, remove };
}
