/** Who gets a token: a code of Embedded Signup, an app's secret, or an older token is exchanged for it. */
import { accept, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import type { SignupCodeUsed, TokenIssued } from '../../core/events.ts';
import { mintAccessToken, type AccessToken, type AppId, type SignupCode } from '../../core/identifiers.ts';
import { dayMs, plusMs, secondMs, type EpochMs } from '../../core/time.ts';
import { chanceOf, type App, type Grant, type ReadonlyWorld, type SignupOffer } from '../../core/world.ts';
import type { AppCredentials, ExchangeCode, ExtendToken, IssueAppToken } from './events.ts';
import {
  appMalformed,
  appUnknown,
  codeExpired,
  codeInvalid,
  codeUsed,
  secretWrong,
  tokenInvalid,
} from './refusals.ts';
import { bearerOf } from './tokens.ts';

/** A code lives this long; its last millisecond still counts (assumed). @see Meta: embedded-signup (documented) */
export const codeLifeMs = 30 * secondMs;

/** How long tokens live that end at all. @see Meta: access tokens (documented) */
export const tokenLifeMs = 60 * dayMs;

/** What Embedded Signup asks the customer for. @see Meta: embedded-signup (documented) */
export const signupScopes: readonly string[] = [
  'whatsapp_business_management',
  'whatsapp_business_messaging',
];

/** What the client gets. `expiresInMs` missing: the token never expires. */
export interface IssuedToken {
  readonly token: AccessToken;
  readonly expiresInMs?: number;
}

/**
 * Gives a business integration token for the account that was onboarded. `redirect_uri` plays no part: the code comes
 * from the JavaScript SDK.
 *
 * @see Meta: embedded-signup/onboarding-business-app-users
 */
export function exchangeCode(
  world: ReadonlyWorld,
  command: ExchangeCode,
  nowMs: EpochMs,
): Decision<IssuedToken> {
  const caller = identify(world, command);
  if (caller.refusal) return refuse(caller.refusal);
  const code = command.code as SignupCode;
  const offer = world.signupCodes.get(code);
  const refusal = refusalOf(offer, caller.app, nowMs);
  if (!offer || refusal) return refuse(refusal ?? codeInvalid);
  const used: SignupCodeUsed = { type: 'signup-code-used', code };
  const grant: Omit<Grant, 'issuedAtMs'> = {
    appId: caller.app.id,
    kind: 'business-integration',
    scopes: signupScopes,
    wabaIds: [offer.wabaId],
  };
  const expires = world.behaviour.signupTokenLife === '60-days';
  const issued = issue(mintAccessToken(chanceOf(world)), grant, nowMs, expires);
  return accept([used, issued.event], issued.reply);
}

/** The token that stands for the app itself; the same each time. */
export function issueAppToken(
  world: ReadonlyWorld,
  command: IssueAppToken,
  nowMs: EpochMs,
): Decision<IssuedToken> {
  const caller = identify(world, command);
  if (caller.refusal) return refuse(caller.refusal);
  for (const [token, grant] of world.tokens)
    if (grant.kind === 'app' && grant.appId === caller.app.id) return accept([], { token });
  const token = `${caller.app.id}|${chanceOf(world).text(27, tokenAlphabet)}` as AccessToken;
  const issued = issue(token, { appId: caller.app.id, kind: 'app', scopes: [] }, nowMs, false);
  return accept([issued.event], issued.reply);
}

/** A new token with the rights of the old one, for 60 days. */
export function extendToken(
  world: ReadonlyWorld,
  command: ExtendToken,
  nowMs: EpochMs,
): Decision<IssuedToken> {
  const caller = identify(world, command);
  if (caller.refusal) return refuse(caller.refusal);
  const old = bearerOf(world, command.token);
  const ended = old?.grant.expiresAtMs !== undefined && nowMs >= old.grant.expiresAtMs;
  if (!old || ended || old.app.id !== caller.app.id) return refuse(tokenInvalid);
  const grant = {
    appId: old.app.id,
    kind: old.grant.kind,
    scopes: old.grant.scopes,
    ...(old.grant.wabaIds && { wabaIds: old.grant.wabaIds }),
  };
  const issued = issue(mintAccessToken(chanceOf(world)), grant, nowMs, true);
  return accept([issued.event], issued.reply);
}

const tokenAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';

type Caller =
  | { readonly app: App; readonly refusal?: undefined }
  | { readonly app?: undefined; readonly refusal: Refusal };

function identify(world: ReadonlyWorld, command: AppCredentials): Caller {
  if (!/^\d+$/.test(command.clientId)) return { refusal: appMalformed };
  const app = world.apps.get(command.clientId as AppId);
  if (!app) return { refusal: appUnknown };
  return command.clientSecret === app.secret ? { app } : { refusal: secretWrong };
}

/** A used code stays used, however old it is; a code of another app is no code here. */
function refusalOf(offer: SignupOffer | undefined, app: App, nowMs: EpochMs): Refusal | undefined {
  if (offer?.appId !== app.id) return codeInvalid;
  if (offer.used) return codeUsed;
  return nowMs - offer.issuedAtMs > codeLifeMs ? codeExpired : undefined;
}

function issue(
  token: AccessToken,
  rights: Omit<Grant, 'issuedAtMs' | 'expiresAtMs'>,
  nowMs: EpochMs,
  expires: boolean,
): { event: TokenIssued; reply: IssuedToken } {
  const grant: Grant = {
    ...rights,
    issuedAtMs: nowMs,
    ...(expires && { expiresAtMs: plusMs(nowMs, tokenLifeMs) }),
  };
  return {
    event: { type: 'token-issued', token, grant },
    reply: { token, ...(expires && { expiresInMs: tokenLifeMs }) },
  };
}
