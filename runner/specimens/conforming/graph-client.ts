/** Calls to the Graph API. */

const version = 'v25.0';

export type Answer =
  | { readonly outcome: 'done'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly outcome: 'refused'; readonly status: number; readonly code: number; readonly title: string }
  /** No answer: whether the call was carried out is not known. */
  | { readonly outcome: 'lost'; readonly reason: string };

export interface GraphClient {
  get(path: string, query: Readonly<Record<string, string>>, token?: string): Promise<Answer>;
  post(path: string, token: string, body?: Readonly<Record<string, unknown>>): Promise<Answer>;
}

/**
 * @param baseUrl - without version
 * @param timeoutMs - then a call is lost
 */
export function createGraphClient(baseUrl: string, timeoutMs: number): GraphClient {
  const call = async (path: string, init: RequestInit): Promise<Answer> => {
    try {
      const response = await fetch(`${baseUrl}/${version}/${path}`, {
        ...init,
        signal: AbortSignal.timeout(timeoutMs),
      });
      return read(response.status, await response.text());
    } catch (error) {
      return { outcome: 'lost', reason: error instanceof Error ? error.message : String(error) };
    }
  };
  return {
    get: (path, query, token) =>
      call(`${path}?${new URLSearchParams(query).toString()}`, { headers: bearer(token) }),
    post: (path, token, body = {}) =>
      call(path, {
        method: 'POST',
        headers: { ...bearer(token), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

interface GraphError {
  readonly code?: number;
  readonly message?: string;
  readonly error_data?: { readonly details?: string };
}

function read(status: number, text: string): Answer {
  const body = parse(text);
  if (status >= 200 && status < 300) return { outcome: 'done', body };
  const error = (body['error'] ?? {}) as GraphError;
  const title = error.error_data?.details ?? error.message ?? `HTTP ${status}`;
  return { outcome: 'refused', status, code: error.code ?? 0, title };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
