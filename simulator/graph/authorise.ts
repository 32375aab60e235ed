/** Who may call: token → grant, and what the grant covers. */
import type { Refusal } from '../core/decision.ts';
import type { GraphEdge } from '../core/feature.ts';
import { createHmac } from 'node:crypto';
import type { AccessToken, AppId } from '../core/identifiers.ts';
import type { JsonValue } from '../core/json.ts';
import type { EpochMs } from '../core/time.ts';
import { wabaOf, type Grant, type ReadonlyWorld } from '../core/world.ts';
import {
  expiredToken,
  foreignAccount,
  missingPermission,
  missingProof,
  missingToken,
  missingUserToken,
  unparsableToken,
  wrongProof,
} from './refusals.ts';

/** How a call says who makes it. */
export interface Credentials {
  /** Empty where there is none. */
  readonly token: string;
  /** `appsecret_proof`, as it came. */
  readonly proof: JsonValue | undefined;
}

/**
 * Decides whether a call may use `edge` on `nodeId`.
 *
 * @returns the refusal WhatsApp would give, or `undefined` where the call may go on
 */
export function authorise(
  world: ReadonlyWorld,
  edge: GraphEdge,
  nodeId: string,
  { token, proof }: Credentials,
  nowMs: EpochMs,
): Refusal | undefined {
  if (edge.permission === 'none') return undefined;
  if (token === '') return edge.edge === 'me' ? missingUserToken : missingToken;
  const grant = world.tokens.get(token as AccessToken) ?? appGrant(world, token, nowMs);
  if (!grant) return world.behaviour.tokens === 'any' ? undefined : unparsableToken;
  if (grant.expiresAtMs !== undefined && grant.expiresAtMs <= nowMs) return expiredToken;
  return (
    unproven(world, grant, { token, proof }) ?? missingScope(edge, grant) ?? outOfReach(world, nodeId, grant)
  );
}

/** `appsecret_proof` is the token's HMAC-SHA256 with the app's secret, in hexadecimal (documented). */
function unproven(
  world: ReadonlyWorld,
  { appId }: Grant,
  { token, proof }: Credentials,
): Refusal | undefined {
  if (proof === undefined) return world.behaviour.appSecretProof === 'required' ? missingProof : undefined;
  const secret = world.apps.get(appId)?.secret ?? '';
  return proof === createHmac('sha256', secret).update(token).digest('hex') ? undefined : wrongProof;
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
  const wabaId = wabaOf(world, nodeId);
  return wabaId === undefined || grant.wabaIds.includes(wabaId) ? undefined : foreignAccount;
}
