/** Who may call: token → grant, and what the grant covers. */
import type { Refusal } from '../core/decision.ts';
import type { GraphEdge } from '../core/feature.ts';
import type { AccessToken, AppId, PhoneNumberId, WabaId } from '../core/identifiers.ts';
import type { EpochMs } from '../core/time.ts';
import type { Grant, ReadonlyWorld } from '../core/world.ts';
import {
  expiredToken,
  foreignAccount,
  missingPermission,
  missingToken,
  unparsableToken,
} from './refusals.ts';

/**
 * Decides whether `token` may use `edge` on `nodeId`.
 *
 * @returns the refusal WhatsApp would give, or `undefined` where the call may go on
 */
export function authorise(
  world: ReadonlyWorld,
  edge: GraphEdge,
  nodeId: string,
  token: string,
  nowMs: EpochMs,
): Refusal | undefined {
  if (edge.permission === 'none') return undefined;
  if (token === '') return missingToken;
  const grant = world.tokens.get(token as AccessToken) ?? appGrant(world, token, nowMs);
  if (!grant) return world.behaviour.tokens === 'any' ? undefined : unparsableToken;
  if (grant.expiresAtMs !== undefined && grant.expiresAtMs <= nowMs) return expiredToken;
  return missingScope(edge, grant) ?? outOfReach(world, nodeId, grant);
}

/** `{app-id}|{app-secret}` is a token of the app itself. */
function appGrant(world: ReadonlyWorld, token: string, nowMs: EpochMs): Grant | undefined {
  const bar = token.indexOf('|');
  if (bar < 0) return undefined;
  const app = world.apps.get(token.slice(0, bar) as AppId);
  if (app?.secret !== token.slice(bar + 1)) return undefined;
  return { appId: app.id, kind: 'app', scopes: [], issuedAtMs: nowMs };
}

function missingScope(edge: GraphEdge, grant: Grant): Refusal | undefined {
  const { permission } = edge;
  if (permission === 'app' || permission === 'none' || grant.scopes.includes(permission)) return undefined;
  return missingPermission(permission);
}

function outOfReach(world: ReadonlyWorld, nodeId: string, grant: Grant): Refusal | undefined {
  if (!grant.wabaIds) return undefined;
  const wabaId = world.phoneNumbers.get(nodeId as PhoneNumberId)?.wabaId ?? (nodeId as WabaId);
  if (!world.wabas.has(wabaId) || grant.wabaIds.includes(wabaId)) return undefined;
  return foreignAccount;
}
