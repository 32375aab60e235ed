/** `oauth/access_token`: a code, a secret or an older token for an access token. */
import { commands, edge, type Feature } from '../../core/feature.ts';
import { exchangeCode, extendToken, issueAppToken, type IssuedToken } from './decide.ts';
import type { TokenCommand } from './events.ts';
import { parseToken, renderToken } from './wire.ts';

const way = {
  node: 'root',
  edge: 'oauth/access_token',
  contract: 'oauth-access-token',
  // The app shows its secret instead of a token.
  permission: 'none',
  parse: parseToken,
  render: renderToken,
} as const;

export const oauthAccessTokenFeature: Feature = {
  name: 'oauth-access-token',
  edges: [
    edge<TokenCommand, IssuedToken>({ ...way, method: 'GET' }),
    edge<TokenCommand, IssuedToken>({ ...way, method: 'POST' }),
  ],
  commands: commands<TokenCommand>({
    'exchange-code': exchangeCode,
    'issue-app-token': issueAppToken,
    'extend-token': extendToken,
  }),
};
