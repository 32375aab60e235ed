/** What the inbox must be told before it starts. */

export interface Settings {
  readonly port: number;
  /** Graph without a version: `https://graph.facebook.com`. */
  readonly graphBaseUrl: string;
  /** Access token for numbers that were connected elsewhere and are first heard of by a webhook. */
  readonly token: string;
  readonly verifyToken: string;
  readonly appSecret: string;
  readonly appId: string;
  readonly pacing: Pacing;
}

/** How long things take; milliseconds. */
export interface Pacing {
  /** Between a customer's message and the bot's answer. */
  readonly thinkingMs: number;
  /** Before the first repetition of a send that was throttled; doubled each time. */
  readonly firstRetryMs: number;
  /** After that a Graph call counts as lost. */
  readonly graphTimeoutMs: number;
}

export const defaultPacing: Pacing = { thinkingMs: 20, firstRetryMs: 1_000, graphTimeoutMs: 10_000 };

/**
 * @param env - `PORT`, `WHATSAPP_VERIFY_TOKEN` and `WHATSAPP_APP_SECRET` are required
 * @throws Error naming the variable that is missing
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  return {
    port: Number(required(env, 'PORT')),
    graphBaseUrl: (env['GRAPH_API_BASE_URL'] ?? 'https://graph.facebook.com').replace(/\/+$/, ''),
    token: env['WHATSAPP_TOKEN'] ?? '',
    verifyToken: required(env, 'WHATSAPP_VERIFY_TOKEN'),
    appSecret: required(env, 'WHATSAPP_APP_SECRET'),
    appId: env['COEX_APP_ID'] ?? '',
    pacing: defaultPacing,
  };
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The environment variable ${name} is required.`);
  return value;
}
