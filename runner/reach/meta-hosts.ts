/** Which hosts are Meta's, and which of them the simulator answers for. */

/** The Graph API, and where files are fetched from. */
export const simulatedHosts = ['graph.facebook.com', 'lookaside.fbsbx.com'] as const;

/** Domains of Meta; a program that is examined must reach nothing below them. */
export const metaDomains = [
  'facebook.com',
  'facebook.net',
  'fbsbx.com',
  'fbcdn.net',
  'whatsapp.com',
  'whatsapp.net',
  'instagram.com',
] as const;

/**
 * Hosts that programs around WhatsApp are known to ask, beside the simulated ones. A list of hosts knows no patterns, so
 * they are named one by one where names are resolved by such a list.
 */
export const unsimulatedHosts = [
  'facebook.com',
  'www.facebook.com',
  'm.facebook.com',
  'api.facebook.com',
  'graph-video.facebook.com',
  'rupload.facebook.com',
  'business.facebook.com',
  'connect.facebook.net',
  'graph.whatsapp.com',
  'graph.whatsapp.net',
  'mmg.whatsapp.net',
  'pps.whatsapp.net',
  'graph.instagram.com',
  'api.instagram.com',
] as const;

/** `simulated`: the simulator answers. `refused`: Meta's, and nobody answers. `elsewhere`: none of our business. */
export type HostKind = 'simulated' | 'refused' | 'elsewhere';

/** A host as it is compared: names have no case, and may end with the root's dot. */
export const plainHost = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** @param host - a name without a port, in any case */
export function kindOfHost(host: string): HostKind {
  const name = plainHost(host);
  if (simulatedHosts.some((simulated) => simulated === name)) return 'simulated';
  const isMeta = metaDomains.some((domain) => name === domain || name.endsWith(`.${domain}`));
  return isMeta ? 'refused' : 'elsewhere';
}

/** What a program is told that asks a host of Meta which is not simulated. */
export const refusalText = (host: string): string =>
  `coex: ${host} belongs to Meta and is not simulated, so nothing was sent to it. ` +
  `Simulated are ${simulatedHosts.join(' and ')}, over HTTPS on port 443.`;
