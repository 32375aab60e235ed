/** The back end of Embedded Signup: from the code of the popup to a connected number whose chats are on their way. */
import { items, object, objects, text, type Json } from './json.ts';

type Id = string | undefined;
/** `problems` are what went wrong after the number was connected. */
export type SignupResult = { connected: string; problems: string[] } | { error: string };

/** An error whose message is meant for the user. */
class SignupError extends Error {}

export function createSignup(graphUrl: string, appId: string, appSecret: string) {
  const runs = new Map<string, Promise<SignupResult>>();

  return (code: string, wabaId: Id, phoneNumberId: Id): Promise<SignupResult> => {
    // A code works once and each sync may be asked for once: a repeated request gets the answer of the first.
    const running = runs.get(code);
    if (running !== undefined) return running;
    const run = connect(code, wabaId, phoneNumberId).catch((error: unknown) => ({ error: sentence(error) }));
    runs.set(code, run);
    return run;
  };

  async function connect(code: string, wabaId: Id, phoneNumberId: Id): Promise<SignupResult> {
    // First of all, as the code lives 30 seconds only.
    const query = { client_id: appId, client_secret: appSecret, code };
    const token = text((await graph('GET', 'oauth/access_token', undefined, query))['access_token']);
    if (token === undefined) throw new SignupError('Meta answered the code without an access token');
    const number = await findNumber(token, wabaId, phoneNumberId);
    // Before the syncs: without a subscription their webhooks would be lost, and each can be asked for only once.
    await graph('POST', `${number.wabaId}/subscribed_apps`, token);
    // No POST /register: a number of the Business app is registered already. The two syncs do not need each other.
    const problems: string[] = [];
    for (const sync_type of ['smb_app_state_sync', 'history'])
      try {
        await graph('POST', `${number.id}/smb_app_data`, token, { messaging_product: 'whatsapp', sync_type });
      } catch (error) {
        problems.push(`${sync_type}: ${sentence(error)}`);
      }
    return { connected: number.display, problems };
  }

  /** Coexistence's session event names the account only, may name a neighbouring one, and may not come at all. */
  async function findNumber(token: string, wabaId: Id, phoneNumberId: Id) {
    const named = wabaId === undefined ? undefined : await bizAppNumber(token, wabaId, phoneNumberId);
    if (named) return named;
    const { data } = await graph('GET', 'debug_token', `${appId}|${appSecret}`, { input_token: token });
    const scopes = objects(object(data)['granular_scopes']);
    const granted = scopes.find(({ scope }) => scope === 'whatsapp_business_management');
    for (const account of items(granted?.['target_ids']).map(text)) {
      const number = account === undefined ? undefined : await bizAppNumber(token, account, phoneNumberId);
      if (number) return number;
    }
    throw new SignupError(
      'no number shared that is on the WhatsApp Business app: not onboarded as coexistence',
    );
  }

  async function bizAppNumber(token: string, wabaId: string, wanted: Id) {
    const query = { fields: 'id,display_phone_number,is_on_biz_app,platform_type' };
    const { data } = await graph('GET', `${wabaId}/phone_numbers`, token, query);
    const numbers = objects(data).filter((item) => item['is_on_biz_app'] === true);
    // The newest comes first. `platform_type` is only a preference: right after a signup it may lag behind.
    const cloud = numbers.find((item) => item['platform_type'] === 'CLOUD_API');
    const number = numbers.find((item) => item['id'] === wanted) ?? cloud ?? numbers[0];
    const id = text(number?.['id']);
    return id && { id, wabaId, display: text(number?.['display_phone_number']) ?? id };
  }

  /** The parameters go into the query of a GET and as JSON into the body of a POST. */
  async function graph(method: string, path: string, token?: string, parameters = {}): Promise<Json> {
    const headers = new Headers({ accept: 'application/json' });
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
    if (method === 'POST') headers.set('content-type', 'application/json');
    const query = method === 'GET' ? `?${new URLSearchParams(parameters).toString()}` : '';
    const body = method === 'POST' ? JSON.stringify(parameters) : null;
    const signal = AbortSignal.timeout(15_000);
    const response = await fetch(`${graphUrl}/${path}${query}`, { method, headers, body, signal });
    const answer = object(await response.json().catch(() => undefined));
    if (response.ok && answer['error'] === undefined) return answer;
    const error = object(answer['error']);
    const code = [text(error['code']) ?? `HTTP ${response.status}`, text(error['error_subcode'])];
    const message = text(error['error_user_msg']) ?? text(error['message']) ?? 'no message';
    const details = text(object(error['error_data'])['details']);
    throw new SignupError(`${code.filter(Boolean).join('/')}: ${message}${details ? ` (${details})` : ''}`);
  }
}

function sentence(error: unknown): string {
  if (error instanceof SignupError) return error.message;
  console.error('signup:', error);
  return 'Meta could not be reached';
}
