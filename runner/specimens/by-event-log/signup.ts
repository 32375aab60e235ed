/** Embedded Signup, from the code of the pop-up to the two synchronisations. */
import type { Log } from './log.ts';
import type { CallGraph, Outcome } from './graph.ts';

export interface AppKeys {
  readonly id: string;
  readonly secret: string;
}

const bodyOf = (outcome: Outcome, doing: string): Readonly<Record<string, unknown>> => {
  if (outcome.end === 'done') return outcome.body;
  throw new Error(`The signup stopped while ${doing}: ${outcome.end}.`);
};

/**
 * @param account - as the event names it; a number it never names
 * @returns the lines that are connected now
 */
export async function completeSignup(
  log: Log,
  call: CallGraph,
  app: AppKeys,
  code: string,
  account: string,
): Promise<readonly string[]> {
  const asked = { client_id: app.id, client_secret: app.secret, code };
  const token = String(
    bodyOf(await call('GET', 'oauth/access_token', asked), 'exchanging the code')['access_token'],
  );
  const fields = { fields: 'id,is_on_biz_app' };
  const listed = bodyOf(
    await call('GET', `${account}/phone_numbers`, fields, token),
    'asking for the numbers',
  );
  bodyOf(await call('POST', `${account}/subscribed_apps`, {}, token), 'subscribing');
  const nodes = (listed['data'] ?? []) as readonly {
    readonly id: string;
    readonly is_on_biz_app?: boolean;
  }[];
  const lines = nodes.filter((node) => node.is_on_biz_app === true).map(({ id }) => id);
  for (const line of lines) {
    log.append({ fact: 'connected', line, account, token });
    for (const sync of ['smb_app_state_sync', 'history'] as const) {
      // Noted first: it may be asked once, whatever becomes of it.
      log.append({ fact: 'asked', line, sync });
      await call('POST', `${line}/smb_app_data`, { messaging_product: 'whatsapp', sync_type: sync }, token);
    }
  }
  return lines;
}
