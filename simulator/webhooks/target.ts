/** Where a request may go: this machine, and hosts that somebody allowed by name. */

/** A callback's URL, taken apart once. */
export interface Target {
  readonly origin: string;
  /** With the query. */
  readonly path: string;
}

/** Why nothing is sent there. */
export interface Barred {
  readonly reason: string;
}

/** True for names and addresses that cannot leave this machine. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127\.\d+\.\d+\.\d+$/.test(hostname);

/**
 * Takes a URL apart, or says why it is no target. Never throws.
 *
 * @param allowed - hosts beside loopback, by lower-case name without port
 */
export function targetOf(url: string, allowed: ReadonlySet<string>): Target | Barred {
  if (!URL.canParse(url)) return { reason: `“${url}” is not a URL.` };
  const { protocol, hostname, origin, pathname, search } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:')
    return { reason: `“${url}” is neither http:// nor https://.` };
  if (!isLoopback(hostname) && !allowed.has(hostname))
    return {
      reason:
        `Nothing is sent to ${hostname}: only this machine is allowed. ` +
        `To allow it, add “${hostname}” to the allowed hosts (allowHosts).`,
    };
  return { origin, path: pathname + search };
}
