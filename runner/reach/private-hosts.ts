/**
 * Names of hosts for one program alone, on Linux: it gets its own view of the file system, in which `/etc/hosts` is
 * another file. The machine's own file is never touched.
 */
import { simulatedHosts, unsimulatedHosts } from './meta-hosts.ts';

/** Who starts the program; root needs no user namespace for a view of its own. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Ends a program whose view could not be made, before it could reach Meta; `sysexits.h` calls it a lack of permission. */
export const noViewExitCode = 77;

/** A name that nobody owns, by which a check sees that the hosts it gave are the hosts that count. */
export const checkedName = 'private-hosts.coex.invalid';

/**
 * The hosts as the program shall see them: Meta's lead to the stand-in, the simulated ones as well as those that it
 * refuses, and all others where they led before.
 *
 * @param machine - the text of the machine's own `/etc/hosts`
 * @param address - where the stand-in listens for TLS
 */
export function hostsText(machine: string, address: string): string {
  const names = [...simulatedHosts, ...unsimulatedHosts, checkedName];
  // The first entry of a name counts.
  return `${names.map((name) => `${address} ${name}`).join('\n')}\n${machine}`;
}

/**
 * Wraps a command so that it runs with the given hosts.
 *
 * Everything replaces what came before it (`exec`), so the program keeps the process, the group and the exit code that it
 * would have had.
 *
 * @param command - for `sh`, as it stands
 * @param hostsFile - what it shall find at `/etc/hosts`; absolute
 * @returns for `sh`
 */
export function withPrivateHosts(command: string, hostsFile: string, { uid, gid }: Account): string {
  const isRoot = uid === 0;
  // A user who may not mount becomes root of a namespace of their own, and for the program themselves again.
  const enter = isRoot ? 'exec unshare --mount' : 'exec unshare --map-root-user --mount';
  const leave = isRoot ? 'exec' : `exec unshare --map-user=${uid} --map-group=${gid} --`;
  const inside = `mount --bind -- "$1" /etc/hosts || exit ${noViewExitCode}\n${leave} /bin/sh -c "$2"`;
  const words = ['/bin/sh', '-c', inside, 'coex-private-hosts', hostsFile, command];
  return `${enter} --propagation private -- ${words.map((word) => quoted(word)).join(' ')}`;
}

/** One word for `sh`, whatever is in it. */
export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
