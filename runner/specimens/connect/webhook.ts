/** Webhooks: held to their signature, and read as far as a CRM shows them. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Chats } from './chats.ts';

export function isSigned(body: Buffer, header: string | undefined, secret: string): boolean {
  const wanted = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  const given = Buffer.from(header ?? '');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

interface WireMessage {
  readonly id: string;
  readonly from: string;
  readonly to?: string;
  readonly timestamp: string;
  readonly type: string;
  readonly text?: { readonly body: string };
}

interface Change {
  readonly field: string;
  readonly value: {
    readonly contacts?: readonly { readonly wa_id?: string; readonly profile?: { readonly name?: string } }[];
    readonly messages?: readonly WireMessage[];
    readonly message_echoes?: readonly WireMessage[];
    readonly history?: readonly {
      readonly errors?: readonly { readonly code: number }[];
      readonly threads?: readonly { readonly id: string; readonly messages: readonly WireMessage[] }[];
    }[];
    readonly state_sync?: readonly {
      readonly contact?: { readonly phone_number?: string; readonly full_name?: string };
    }[];
  };
}

const declinedCode = 2593109;

export function takeWebhook(body: unknown, chats: Chats): void {
  const { entry = [] } = body as { readonly entry?: readonly { readonly changes?: readonly Change[] }[] };
  for (const { value } of entry.flatMap(({ changes }) => changes ?? [])) {
    for (const { wa_id: id, profile } of value.contacts ?? [])
      if (id && profile?.name) chats.name(id, profile.name);
    for (const message of value.messages ?? []) add(chats, message.from, message);
    for (const message of value.message_echoes ?? []) if (message.to) add(chats, message.to, message);
    for (const { contact } of value.state_sync ?? [])
      if (contact?.phone_number && contact.full_name) chats.name(contact.phone_number, contact.full_name);
    for (const { errors, threads } of value.history ?? []) {
      if (errors?.some(({ code }) => code === declinedCode)) chats.decline();
      for (const thread of threads ?? [])
        for (const message of thread.messages) add(chats, thread.id, message);
    }
  }
}

function add(chats: Chats, customer: string, { id, from, timestamp, type, text }: WireMessage): void {
  chats.add(customer, id, {
    by: from === customer ? 'customer' : 'us',
    text: text?.body ?? `[${type}]`,
    atSeconds: Number(timestamp),
  });
}
