/** What a bearer token stands for. */
import type { AccessToken, AppId } from '../../core/identifiers.ts';
import type { App, Grant, ReadonlyWorld } from '../../core/world.ts';

/** The app behind a token, and what the token may do. */
export interface Bearer {
  readonly app: App;
  readonly grant: Pick<Grant, 'kind' | 'scopes' | 'wabaIds' | 'expiresAtMs'> & {
    /** Missing for `{app-id}|{app-secret}`, which nobody issues. */
    readonly issuedAtMs?: Grant['issuedAtMs'];
  };
}

/** A token that was issued, or `{app-id}|{app-secret}`; `undefined` for any other, expired ones not excepted. */
export function bearerOf(world: ReadonlyWorld, token: string): Bearer | undefined {
  const grant = world.tokens.get(token as AccessToken);
  if (grant) {
    const app = world.apps.get(grant.appId);
    return app && { app, grant };
  }
  const [appId, secret] = token.split('|');
  const app = world.apps.get(appId as AppId);
  return app && secret === app.secret ? { app, grant: { kind: 'app', scopes: [] } } : undefined;
}

/** The app that calls. Where any token may call, an unknown one is taken for the world's first app. */
export const appOfToken = (world: ReadonlyWorld, token: string): App | undefined =>
  bearerOf(world, token)?.app ??
  (world.behaviour.tokens === 'any' ? world.apps.values().next().value : undefined);
