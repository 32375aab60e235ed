/** Who may use the control API: pages of other origins may not, and beyond loopback only who has the operator's token. */
import type { IncomingMessage } from 'node:http';
import { timingSafeEqual } from 'node:crypto';

/** Why a request is turned away; `undefined` lets it in. */
export function turnedAway(request: IncomingMessage, operatorToken: string | undefined): string | undefined {
  const { origin, host, authorization } = request.headers;
  if (origin !== undefined && !isSameHost(origin, host)) {
    return 'A page of another origin may not use the control API.';
  }
  if (operatorToken !== undefined && !isSame(authorization, `Bearer ${operatorToken}`)) {
    return 'The control API wants the operator’s token: Authorization: Bearer ….';
  }
  return undefined;
}

const isSameHost = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host;

function isSame(given: string | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
