/**
 * Stands in for Meta's JavaScript SDK (`/en_US/sdk.js`) as far as Embedded Signup needs it.
 *
 * The pop-up is served by the simulator, so a message of its own would come from the wrong origin. What Meta's pop-up
 * would post is therefore fetched when ours has closed, and raised here as `message` events from
 * `https://www.facebook.com`, in text, as the page expects them.
 *
 * @see Meta: embedded-signup/implementation
 */
interface Window {
  /** What the page finds of the SDK. */
  FB?: unknown;
  /** What the page wants to do once it is there. */
  fbAsyncInit?: () => void;
}

(() => {
  interface LoginOptions {
    readonly config_id?: string;
    readonly response_type?: string;
    readonly override_default_response_type?: boolean;
    readonly extras?: unknown;
    readonly scope?: string;
  }
  interface LoginResponse {
    readonly authResponse: { readonly code: string; readonly userID: null; readonly expiresIn: null } | null;
    readonly status: 'connected' | 'unknown';
  }
  type LoginCallback = (response: LoginResponse) => void;
  interface Settings {
    readonly appId?: string;
    readonly version?: string;
  }

  const metaOrigin = 'https://www.facebook.com';
  const script = document.currentScript as HTMLScriptElement | null;
  const home = new URL(script?.src ?? location.href).origin;
  /** How often the pop-up is looked at, and how long its result is waited for once it is closed; milliseconds. */
  const lookMs = 100;
  const resultMs = 3_000;
  let settings: Settings | undefined;
  let last: LoginResponse = { authResponse: null, status: 'unknown' };

  const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  const raise = (text: string, source: Window): void => {
    window.dispatchEvent(new MessageEvent('message', { data: text, origin: metaOrigin, source }));
  };

  async function resultOf(channel: string): Promise<{ events: string[]; code?: string } | undefined> {
    const endMs = Date.now() + resultMs;
    while (Date.now() < endMs) {
      const response = await fetch(`${home}/dialog/oauth/result?channel=${channel}`).catch(() => undefined);
      if (response?.ok) return (await response.json()) as { events: string[]; code?: string };
      await after(lookMs);
    }
    return undefined;
  }

  async function waitFor(popup: Window, channel: string): Promise<LoginResponse> {
    while (!popup.closed) await after(lookMs);
    const result = await resultOf(channel);
    for (const text of result?.events ?? []) raise(text, popup);
    if (result?.code === undefined) return { authResponse: null, status: 'unknown' };
    return {
      authResponse: { code: result.code, userID: null, expiresIn: null },
      status: 'connected',
    };
  }

  function login(callback: LoginCallback, options: LoginOptions = {}): void {
    if (!settings) {
      // eslint-disable-next-line no-console -- Meta's SDK says it there, and a page that forgets `init` is debugged by it
      console.error('FB.login() called before FB.init().');
      return;
    }
    const channel = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('');
    const query = new URLSearchParams({
      client_id: settings.appId ?? '',
      config_id: options.config_id ?? '',
      response_type: options.response_type ?? 'token',
      override_default_response_type: String(options.override_default_response_type ?? false),
      extras: JSON.stringify(options.extras ?? {}),
      display: 'popup',
      channel,
    });
    const version = settings.version ?? 'v23.0';
    const popup = window.open(
      `${home}/${version}/dialog/oauth?${query.toString()}`,
      `coex-${channel}`,
      'popup,width=960,height=720',
    );
    if (!popup) {
      callback(last);
      return;
    }
    void waitFor(popup, channel).then((response) => {
      last = response;
      callback(response);
    });
  }

  const nothing = (): undefined => undefined;
  const FB = {
    init(given: Settings): void {
      settings = given;
    },
    login,
    logout: (callback?: LoginCallback) => callback?.({ authResponse: null, status: 'unknown' }),
    getLoginStatus: (callback: LoginCallback) => callback(last),
    getAuthResponse: () => last.authResponse,
    AppEvents: { logPageView: nothing, logEvent: nothing },
    Event: { subscribe: nothing, unsubscribe: nothing },
    XFBML: { parse: nothing },
  };
  window.FB = FB;
  window.fbAsyncInit?.();
})();
