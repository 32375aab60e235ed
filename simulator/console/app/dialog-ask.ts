/** What the pop-up asks of the simulator. */

export const query = new URLSearchParams(location.search);
const channel = query.get('channel') ?? '';
export const clientId = query.get('client_id') ?? '';

/** Does something in the name of this pop-up; `keepalive` outlives the window. */
export async function ask<T>(deed: string, body: object = {}, keepalive = false): Promise<T> {
  const response = await fetch(`/dialog/oauth/${deed}`, {
    method: 'POST',
    keepalive,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ channel, clientId, ...body }),
  });
  const answer = (await response.json()) as T & { readonly error?: string };
  if (!response.ok) throw new Error(answer.error ?? String(response.status));
  return answer;
}
