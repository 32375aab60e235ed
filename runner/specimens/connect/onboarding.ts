/** After the pop-up: code to token, the number, the subscription, both syncs. The number is registered already. */

interface Settings {
  readonly graph: string;
  readonly appId: string;
  readonly appSecret: string;
}

export type Onboarded = { readonly number: string } | { readonly error: string };

interface GraphError {
  readonly error?: { readonly message?: string; readonly code?: number };
}

/** A page that hands its code over twice has signed up once. */
export function createOnboarding(settings: Settings): (code: string, wabaId: string) => Promise<Onboarded> {
  const known = new Map<string, Promise<Onboarded>>();
  return (code, wabaId) => {
    const onboarded = known.get(code) ?? onboard(settings, code, wabaId);
    known.set(code, onboarded);
    return onboarded;
  };
}

async function onboard(
  { graph, appId, appSecret }: Settings,
  code: string,
  wabaId: string,
): Promise<Onboarded> {
  const call = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const response = await fetch(`${graph}/${path}`, init);
    const answer = (await response.json()) as T & GraphError;
    if (!response.ok) throw new Error(answer.error?.message ?? `HTTP ${response.status}`);
    return answer;
  };
  try {
    const credentials = new URLSearchParams({ client_id: appId, client_secret: appSecret, code });
    const { access_token: token } = await call<{ access_token: string }>(
      `oauth/access_token?${credentials.toString()}`,
    );
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    // The event of this flow names the account alone.
    const { data } = await call<{
      data: { id: string; display_phone_number: string; is_on_biz_app?: boolean }[];
    }>(`${wabaId}/phone_numbers?fields=id,display_phone_number,is_on_biz_app,platform_type`, { headers });
    const number = data.find((one) => one.is_on_biz_app) ?? data[0];
    if (!number) return { error: 'The account has no number.' };
    await call(`${wabaId}/subscribed_apps`, { method: 'POST', headers });
    for (const syncType of ['smb_app_state_sync', 'history'])
      await call(`${number.id}/smb_app_data`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ messaging_product: 'whatsapp', sync_type: syncType }),
      });
    return { number: number.display_phone_number };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
