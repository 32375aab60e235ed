/** What a token is, and what it may still do. */
import { accept, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import { toSeconds, type EpochMs } from '../../core/time.ts';
import type { ReadonlyWorld } from '../../core/world.ts';
import { bearerOf, type Bearer } from '../oauth-access-token/events.ts';
import type { DebugToken } from './events.ts';

/** A token as its own app may see it, or why it is none. */
export type TokenReport =
  | { readonly kind: 'valid'; readonly token: string; readonly bearer: Bearer }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired'; readonly expiredAtMs: EpochMs; readonly nowMs: EpochMs };

/** Other callers are turned away; the text is recorded by several clients. */
export const callerNotAllowed: Refusal = {
  code: 100,
  httpStatus: 400,
  message:
    'You must provide an app access token, or a user access token that is an owner or developer of the app',
  evidence: 'observed',
  source: 'recorded by several clients',
};

/**
 * Tells what a token is. A token that is none, or no longer one, is an answer and not a refusal.
 *
 * The caller shows a token of the same app's own, or the very token it asks about. A disconnected number changes
 * nothing here: its token stays valid, as one provider measured.
 */
export function debugToken(world: ReadonlyWorld, command: DebugToken, nowMs: EpochMs): Decision<TokenReport> {
  const bearer = bearerOf(world, command.inputToken);
  if (!mayAsk(world, command, bearer)) return refuse(callerNotAllowed);
  if (!bearer) return accept([], { kind: 'unknown' });
  const { expiresAtMs } = bearer.grant;
  if (expiresAtMs !== undefined && nowMs >= expiresAtMs)
    return accept([], { kind: 'expired', expiredAtMs: expiresAtMs, nowMs });
  return accept([], { kind: 'valid', token: command.inputToken, bearer });
}

function mayAsk(world: ReadonlyWorld, command: DebugToken, bearer: Bearer | undefined): boolean {
  if (world.behaviour.tokens === 'any' || command.callerToken === command.inputToken) return true;
  const caller = bearerOf(world, command.callerToken);
  if (caller?.grant.kind !== 'app') return false;
  return bearer === undefined || bearer.app.id === caller.app.id;
}

/** Seconds, with 0 for never, as the wire has it. */
export const expirySeconds = (bearer: Bearer): number =>
  bearer.grant.expiresAtMs === undefined ? 0 : toSeconds(bearer.grant.expiresAtMs);
