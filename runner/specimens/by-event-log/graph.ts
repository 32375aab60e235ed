/** One call to the Graph API, and the three ways it can end. */

export type Outcome =
  | { readonly end: 'done'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly end: 'refused'; readonly code: number }
  | { readonly end: 'lost' };

export type CallGraph = (
  method: 'GET' | 'POST',
  path: string,
  params: Readonly<Record<string, unknown>>,
  token?: string,
) => Promise<Outcome>;

const patienceMs = 10_000;

/** @param base - without a version */
export const createGraph =
  (base: string): CallGraph =>
  async (method, path, params, token) => {
    const query =
      method === 'GET' ? `?${new URLSearchParams(params as Record<string, string>).toString()}` : '';
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      'content-type': 'application/json',
    };
    try {
      const response = await fetch(`${base}/v24.0/${path}${query}`, {
        method,
        headers,
        signal: AbortSignal.timeout(patienceMs),
        ...(method === 'POST' && { body: JSON.stringify(params) }),
      });
      const body = (await response.json()) as Readonly<Record<string, unknown>>;
      if (response.ok) return { end: 'done', body };
      const { code = 0 } = (body['error'] ?? {}) as { readonly code?: number };
      return { end: 'refused', code };
    } catch {
      return { end: 'lost' };
    }
  };
