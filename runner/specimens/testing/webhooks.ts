/** Webhooks as Meta's pages print them, short enough to read in a test. */
import { createHmac } from 'node:crypto';

export const phoneNumberId = '106540352242922';
export const wabaId = '102290129340398';
export const businessNumber = '15550783881';
export const ana = '16505551234';

/** Unix seconds of now, moved by some. */
export const seconds = (moved = 0): string => String(Math.floor(Date.now() / 1000) + moved);

type Json = Readonly<Record<string, unknown>>;

export const change = (field: string, value: Json): Json => ({
  field,
  value: {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: businessNumber, phone_number_id: phoneNumberId },
    ...value,
  },
});

export const webhook = (...changes: readonly Json[]): Json => ({
  object: 'whatsapp_business_account',
  entry: [{ id: wabaId, changes }],
});

export const text = (id: string, body: string, more: Json = {}): Json => ({
  from: ana,
  id,
  timestamp: seconds(),
  type: 'text',
  text: { body },
  ...more,
});

export const inbound = (...messages: readonly Json[]): Json => webhook(change('messages', { messages }));

/** @param messages - `from` and `to` are added */
export const echo = (...messages: readonly Json[]): Json =>
  webhook(
    change('smb_message_echoes', {
      message_echoes: messages.map((message) => ({ to: ana, ...message, from: businessNumber })),
    }),
  );

export const history = (part: Json): Json => webhook(change('history', { history: [part] }));

export const chunk = (progress: number, ...messages: readonly Json[]): Json =>
  history({ metadata: { phase: 0, chunk_order: 1, progress }, threads: [{ id: ana, messages }] });

export const account = (event: string, time: number, value: Json = {}, entryId = wabaId): Json => ({
  object: 'whatsapp_business_account',
  entry: [{ id: entryId, time, changes: [{ field: 'account_update', value: { event, ...value } }] }],
});

/** POSTs a webhook as Meta does, signed. @returns the HTTP status */
export async function deliver(url: string, body: unknown, secret: string): Promise<number> {
  const bytes = typeof body === 'string' ? body : JSON.stringify(body);
  const signature = createHmac('sha256', secret).update(bytes).digest('hex');
  const response = await fetch(`${url}/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body: bytes,
  });
  await response.arrayBuffer();
  return response.status;
}
