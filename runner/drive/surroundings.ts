/** What the system under test is told: the values of placeholders, and its environment. */
import type { SutConfig } from '../plan/config.ts';
import { fill, type Values } from '../plan/placeholders.ts';

/** What a simulator knows of itself; its own type fits. */
export interface Platform {
  readonly url: string;
  readonly app: {
    readonly id: string;
    readonly secret: string;
    readonly token: string;
    readonly verifyToken: string;
  };
}

/** The one number of a system that knows only one. */
export interface FixedNumber {
  readonly phoneNumberId: string;
  readonly wabaId: string;
}

export const placeholderValues = (platform: Platform, port?: number, number?: FixedNumber): Values => ({
  graph: platform.url,
  token: platform.app.token,
  secret: platform.app.secret,
  'verify-token': platform.app.verifyToken,
  'app-id': platform.app.id,
  ...(port !== undefined && { port: String(port) }),
  ...(number && { 'phone-number-id': number.phoneNumberId, 'waba-id': number.wabaId }),
});

/** Ours first, so that a config can name things as its system knows them and still decide otherwise. */
export const sutEnvironment = (
  values: Values,
  sut: SutConfig,
  own: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> => ({
  ...own,
  GRAPH_API_BASE_URL: values['graph'],
  WHATSAPP_TOKEN: values['token'],
  WHATSAPP_VERIFY_TOKEN: values['verify-token'],
  WHATSAPP_APP_SECRET: values['secret'],
  COEX_APP_ID: values['app-id'],
  ...(values['port'] !== undefined && { PORT: values['port'] }),
  ...(values['phone-number-id'] !== undefined && { COEX_PHONE_NUMBER_ID: values['phone-number-id'] }),
  ...(values['waba-id'] !== undefined && { COEX_WABA_ID: values['waba-id'] }),
  ...Object.fromEntries(Object.entries(sut.env).map(([name, text]) => [name, fill(text, values)])),
});
