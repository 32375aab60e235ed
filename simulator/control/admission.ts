/** Who may use the control API: pages of other origins may not, and beyond loopback only who has the operator's token. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Admission {
  /** Why a request is turned away; `undefined` lets it in. */
  turnedAway(request: IncomingMessage): string | undefined;
  /** What a browser may keep in place of the token, as a `Set-Cookie`; missing where no token is wanted. */
  cookie(): string | undefined;
}

const cookieName = 'coex_operator';

export function createAdmission(operatorToken: string | undefined): Admission {
  // The cookie is no token: it opens this door alone, and only until the browser is closed.
  const pass =
    operatorToken === undefined
      ? undefined
      : createHash('sha256').update(`coex console ${operatorToken}`).digest('base64url');
  return {
    turnedAway({ headers: { origin, host, authorization, cookie } }) {
      if (origin !== undefined && !isSameHost(origin, host))
        return 'A page of another origin may not use the control API.';
      if (pass === undefined) return undefined;
      const isAdmitted =
        isSame(authorization, `Bearer ${operatorToken ?? ''}`) ||
        cookie?.split('; ').some((one) => isSame(one, `${cookieName}=${pass}`));
      return isAdmitted ? undefined : 'The control API wants the operator’s token: Authorization: Bearer ….';
    },
    cookie: () =>
      pass === undefined ? undefined : `${cookieName}=${pass}; Path=/_coex; HttpOnly; SameSite=Strict`,
  };
}

const isSameHost = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host;

function isSame(given: string | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
