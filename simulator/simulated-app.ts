/** The Meta app of the system under test: who signs webhooks, and with what the system calls the Graph. */
import {
  mintAccessToken,
  mintGraphId,
  type AccessToken,
  type AppId,
  type BusinessId,
} from './core/identifiers.ts';
import { createRandom, hashSeed } from './core/random.ts';

export interface AppOptions {
  readonly id?: string;
  readonly secret?: string;
  readonly verifyToken?: string;
  /** Access token of the partner's system user; reaches every account. */
  readonly token?: string;
  /** Where webhooks go. Missing: nowhere, until the system subscribes. */
  readonly callbackUrl?: string;
  /** Webhook fields the app is subscribed to. Default: all that coexistence needs. */
  readonly fields?: readonly string[];
}

/** The same with nothing missing, and typed as the core has it. */
export interface SimulatedApp {
  readonly id: AppId;
  readonly businessId: BusinessId;
  readonly secret: string;
  readonly verifyToken: string;
  readonly token: AccessToken;
  readonly callbackUrl?: string;
  readonly fields: readonly string[];
}

/** What Meta tells integrators of coexistence to subscribe to (documented: onboarding-business-app-users). */
export const coexistenceFields: readonly string[] = [
  'messages',
  'history',
  'smb_app_state_sync',
  'smb_message_echoes',
  'account_update',
];

/** @param seed - what is made up comes from it, so that two runs of one seed agree */
export function resolveApp(options: AppOptions, seed: string): SimulatedApp {
  const random = createRandom(hashSeed(`${seed}/app`));
  // Drawn in a fixed order, whether used or not: giving one of them must not change the others.
  const id = mintGraphId(random) as AppId;
  const businessId = mintGraphId(random) as BusinessId;
  const token = mintAccessToken(random);
  const secret = random.text(32, '0123456789abcdef');
  const verifyToken = random.text(16, '0123456789abcdef');
  return {
    id: (options.id ?? id) as AppId,
    businessId,
    secret: options.secret ?? secret,
    verifyToken: options.verifyToken ?? verifyToken,
    token: (options.token ?? token) as AccessToken,
    fields: options.fields ?? coexistenceFields,
    ...(options.callbackUrl !== undefined && { callbackUrl: options.callbackUrl }),
  };
}
