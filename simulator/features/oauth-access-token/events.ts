/** How a client gets its token. What comes of it are the core's `token-issued` and `signup-code-used`. */
import type { Command } from '../../core/decision.ts';

/** Features that must know which app is calling ask here. */
export { appOfToken, bearerOf, type Bearer } from './tokens.ts';

/** Who asks: the app, by its secret. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Exchanges the code of Embedded Signup. */
export interface ExchangeCode extends Command, AppCredentials {
  readonly type: 'exchange-code';
  readonly code: string;
}

/** `grant_type=client_credentials`. */
export interface IssueAppToken extends Command, AppCredentials {
  readonly type: 'issue-app-token';
}

/** `grant_type=fb_exchange_token`: a token for one that lives longer. */
export interface ExtendToken extends Command, AppCredentials {
  readonly type: 'extend-token';
  readonly token: string;
}

export type TokenCommand = ExchangeCode | IssueAppToken | ExtendToken;
