/** Whether a program can have hosts of its own on this machine: it is tried, since no single setting says so. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { checkedName, quoted, withPrivateHosts, type Account } from './private-hosts.ts';

/** Longest that the check may take, milliseconds. */
const timeout = 20_000;

/**
 * @param hostsFile - what `hostsText` made for this address
 * @param address - where the stand-in listens for TLS
 * @returns the reason why not, with a way out; undefined where it can
 */
export async function whyNoPrivateHosts(
  hostsFile: string,
  address: string,
  platform = process.platform,
): Promise<string | undefined> {
  if (platform !== 'linux') return `Only Linux can give a program hosts of its own; this is ${platform}.`;
  const account = currentAccount();
  // As most programs do, this asks the C library, and so whatever /etc/nsswitch.conf puts before the file.
  const look = `require('node:dns').lookup('${checkedName}', (error, found) => console.log(found ?? error.code))`;
  const command = withPrivateHosts(`${quoted(process.execPath)} -e ${quoted(look)}`, hostsFile, account);
  try {
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command], { timeout });
    const found = stdout.trim();
    if (found === address) return undefined;
    return `This machine does not look names up in /etc/hosts first (it found ${found}); see /etc/nsswitch.conf.`;
  } catch (error) {
    const { stderr, message } = error as { readonly stderr?: string; readonly message?: string };
    const said = (stderr?.trim() ?? message ?? String(error)).split('\n')[0] ?? '';
    const why =
      account.uid === 0
        ? 'This root may not mount; a container wants --cap-add SYS_ADMIN, or the hosts by --add-host'
        : 'This account may have no namespaces of its own; run as root, or allow unprivileged user namespaces';
    return `${why} (${said}).`;
  }
}

/** The account of this process. Where there is no such thing, there are no private hosts either. */
export const currentAccount = (): Account => ({
  uid: process.getuid?.() ?? -1,
  gid: process.getgid?.() ?? -1,
});

/** @returns the text of the machine's own hosts; nothing where it has no such file */
export function machineHosts(): string {
  try {
    return readFileSync('/etc/hosts', 'utf8');
  } catch {
    return '';
  }
}
