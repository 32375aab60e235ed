/** `/oauth/access_token` as parameters and JSON. */
import type { GraphRequest } from '../../core/feature.ts';
import type { JsonObject } from '../../core/json.ts';
import { secondMs } from '../../core/time.ts';
import type { IssuedToken } from './decide.ts';
import type { TokenCommand } from './events.ts';

/** `grant_type` tells the ways apart; without one it is a code that is exchanged. */
export function parseToken(request: GraphRequest): TokenCommand {
  const credentials = {
    clientId: textIn(request, 'client_id'),
    clientSecret: textIn(request, 'client_secret'),
  };
  switch (textIn(request, 'grant_type')) {
    case 'client_credentials':
      return { type: 'issue-app-token', ...credentials };
    case 'fb_exchange_token':
      return { type: 'extend-token', ...credentials, token: textIn(request, 'fb_exchange_token') };
    default:
      return { type: 'exchange-code', ...credentials, code: textIn(request, 'code') };
  }
}

export const renderToken = (issued: IssuedToken): JsonObject => ({
  access_token: issued.token,
  token_type: 'bearer',
  ...(issued.expiresInMs !== undefined && { expires_in: Math.floor(issued.expiresInMs / secondMs) }),
});

/** The contract's schema has seen to what must be there; ids come as numbers where a client's JSON has them so. */
function textIn(request: GraphRequest, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
