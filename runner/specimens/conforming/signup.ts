/**
 * Embedded Signup: what the inbox does when its web page hands over the code and the session event of the popup.
 *
 * A coexistence signup names only the account; which number it was must be asked. The number is registered already, by
 * the phone.
 */
import type { Conduct } from './conduct.ts';
import type { Connections } from './connection.ts';
import type { Answer, GraphClient } from './graph-client.ts';
import type { Syncs, SyncType } from './sync.ts';

/** Where onboarding stopped, in words for the person who signed up. */
export class SignupError extends Error {}

export interface Signup {
  /**
   * @param code - of the popup; lives 30 seconds
   * @param event - what the popup posted: an object, or the JSON text of one
   * @returns the numbers that are connected now
   * @throws SignupError
   */
  complete(code: string, event: unknown): Promise<readonly string[]>;
  /** Asks for contacts or history, unless that was asked before. */
  ask(phoneNumberId: string, type: SyncType): Promise<void>;
}

interface Parts {
  readonly conduct: Conduct;
  readonly graph: GraphClient;
  readonly connections: Connections;
  readonly syncs: Syncs;
  readonly appId: string;
  readonly appSecret: string;
}

interface NumberNode {
  readonly id: string;
  readonly display_phone_number?: string;
  readonly is_on_biz_app?: boolean;
  readonly platform_type?: string;
}

export interface SessionEvent {
  readonly event?: string;
  readonly data?: { readonly waba_id?: string; readonly phone_number_id?: string };
}

export function createSignup(parts: Parts): Signup {
  const known = new Map<string, Promise<readonly string[]>>();
  return {
    complete(code, event) {
      // A code works once: whoever hands it over again gets what came of it.
      const before = known.get(code);
      if (before && !parts.conduct.exchangesAgain()) return before;
      const result = complete(parts, code, event);
      known.set(code, result);
      return result;
    },
    ask: (phoneNumberId, type) => ask(parts, phoneNumberId, type),
  };
}

async function complete(parts: Parts, code: string, event: unknown): Promise<readonly string[]> {
  const session = readEvent(event);
  const token = await exchange(parts, code);
  if (!parts.conduct.understands(session)) throw new SignupError('The event of the popup is not understood.');
  const wabaId = session.data?.waba_id ?? (await grantedWaba(parts, token));
  const numbers = await numbersOf(parts, wabaId, session.data?.phone_number_id, token);
  const subscribe = async (): Promise<void> => {
    if (!parts.conduct.subscribesApp()) return;
    expectDone(await parts.graph.post(`${wabaId}/subscribed_apps`, token), 'subscribing to the account');
  };
  const connectAll = async (): Promise<void> => {
    for (const number of numbers) await connect(parts, wabaId, number, token);
  };
  for (const step of parts.conduct.order(subscribe, connectAll)) await step();
  return numbers.map((number) => number.id);
}

function readEvent(event: unknown): SessionEvent {
  try {
    const parsed: unknown = typeof event === 'string' ? JSON.parse(event) : event;
    return parsed ?? {};
  } catch {
    throw new SignupError('The event of the popup is not JSON.');
  }
}

async function exchange({ graph, appId, appSecret }: Parts, code: string): Promise<string> {
  const query = { client_id: appId, client_secret: appSecret, code };
  const body = expectDone(await graph.get('oauth/access_token', query), 'exchanging the code');
  const token = body['access_token'];
  if (typeof token !== 'string') throw new SignupError('The code was exchanged for nothing.');
  return token;
}

/** A popup that says CANCEL may still have linked the number; then only the token knows the account. */
async function grantedWaba({ graph, appId, appSecret }: Parts, token: string): Promise<string> {
  const caller = `${appId}|${appSecret}`;
  const body = expectDone(
    await graph.get('debug_token', { input_token: token }, caller),
    'reading the token',
  );
  const data = body['data'] as { granular_scopes?: { target_ids?: readonly string[] }[] } | undefined;
  const wabaId = data?.granular_scopes?.flatMap((scope) => scope.target_ids ?? [])[0];
  if (wabaId === undefined) throw new SignupError('Neither the popup nor the token names an account.');
  return wabaId;
}

async function numbersOf(
  { graph }: Parts,
  wabaId: string,
  phoneNumberId: string | undefined,
  token: string,
): Promise<readonly NumberNode[]> {
  const query = { fields: 'id,display_phone_number,is_on_biz_app,platform_type' };
  const body = expectDone(await graph.get(`${wabaId}/phone_numbers`, query, token), 'listing the numbers');
  const all = (body['data'] ?? []) as readonly NumberNode[];
  const chosen = all.filter((node) =>
    phoneNumberId === undefined ? node.is_on_biz_app === true : node.id === phoneNumberId,
  );
  if (chosen.length === 0) throw new SignupError('The account has no number of the WhatsApp Business app.');
  return chosen;
}

async function connect(parts: Parts, wabaId: string, number: NumberNode, token: string): Promise<void> {
  // While a number is connected, a second signup of it (a double click) is the same onboarding.
  const wasGone = parts.connections.accountOf(number.id)?.state === 'removed';
  parts.connections.connect(number.id, wabaId, number.display_phone_number, token);
  if (wasGone) parts.syncs.begin(number.id);
  if (parts.conduct.registersNumber()) {
    await parts.graph.post(`${number.id}/register`, token, { messaging_product: 'whatsapp', pin: '123456' });
  }
  for (const type of parts.conduct.syncsAfterSignup()) await ask(parts, number.id, type);
}

async function ask(parts: Parts, phoneNumberId: string, type: SyncType): Promise<void> {
  const account = parts.connections.accountOf(phoneNumberId);
  if (!account || !parts.conduct.mayAskForSync(parts.syncs.claim(phoneNumberId, type))) return;
  const body = { messaging_product: 'whatsapp', sync_type: type };
  const answer = await parts.graph.post(`${phoneNumberId}/smb_app_data`, account.token, body);
  const sync = parts.syncs.of(phoneNumberId, type);
  if (answer.outcome === 'done') {
    const requestId = answer.body['request_id'];
    if (typeof requestId === 'string') sync.requestId = requestId;
    return;
  }
  // A repetition that is refused takes nothing from the request that was accepted before it.
  if (sync.requestId !== undefined) return;
  sync.state = 'failed';
  sync.failure = reasonOf(answer);
}

function expectDone(answer: Answer, doing: string): Readonly<Record<string, unknown>> {
  if (answer.outcome === 'done') return answer.body;
  throw new SignupError(`Failed while ${doing}: ${reasonOf(answer)}`);
}

const reasonOf = (answer: Exclude<Answer, { outcome: 'done' }>): string =>
  answer.outcome === 'refused' ? `${answer.title} (code ${answer.code})` : answer.reason;
