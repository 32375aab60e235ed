/**
 * Chats as the phone and the customers see them: a fold of the log that a console shows. Pure, so that a console in a
 * browser goes on folding where the simulator's answer ended.
 */
import type { LogRecord } from './core/event-log.ts';
import type { Content } from './core/content.ts';
import type { CustomerMoved } from './core/events.ts';
import type { MessagesEvent, MessageSent, OutboundMessage } from './features/messages/events.ts';
import type { PhoneAppEvent } from './features/phone-app/events.ts';
import type { EchoesEvent } from './features/smb-message-echoes/events.ts';

/** A bubble. */
export interface ChatMessage {
  /** The message's own id; calls have none on the wire and get one here. */
  readonly id: string;
  /** `app`: typed on the phone or a linked device; `api`: by the system under test. */
  readonly by: 'customer' | 'app' | 'api';
  /** Virtual, milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** `content.kind`, or the kind of an API message. */
  readonly kind: string;
  /** Text, caption, or what it is in a few words; empty where nothing but the kind can be said. */
  text: string;
  readonly replyTo?: string;
  /** How far a message of the API, or the business's reading of a customer's, has come. */
  status?: string;
  /** Graph's code of why it failed. */
  code?: number;
  edited?: true;
  revoked?: true;
  /** By side; the last one counts. */
  reactions: { customer?: string; business?: string };
  /** What the API got of it: all, a placeholder (131060), or nothing. */
  readonly seen: 'whole' | 'placeholder' | 'nothing';
  readonly device?: string;
  readonly automatic?: 'greeting' | 'away';
}

/** One customer on one number. */
export interface Chat {
  readonly phoneNumberId: string;
  readonly waId: string;
  /** Oldest first; at most {@link mostMessages}. */
  readonly messages: ChatMessage[];
}

/** Chats as JSON, and up to which event they are told. */
export interface ChatsSnapshot {
  readonly sequence: number;
  readonly chats: readonly Chat[];
}

export interface Chats {
  readonly follow: (record: LogRecord) => void;
  /** Those with the newest message first. */
  list(): readonly Chat[];
  snapshot(): ChatsSnapshot;
}

/** Most messages of one chat, and most chats; the oldest go. */
export const mostMessages = 500;
const mostChats = 1_000;

type ChatEvent = MessagesEvent | EchoesEvent | PhoneAppEvent | CustomerMoved;

/** @param from - goes on where another fold ended; missing: from the first event */
export function createChats(from?: ChatsSnapshot): Chats {
  /** In the order of their newest message. */
  const chats = new Map<string, Chat>();
  const byId = new Map<string, ChatMessage>();
  let sequence = from?.sequence ?? 0;
  for (const chat of [...(from?.chats ?? [])].reverse()) {
    chats.set(keyOf(chat.phoneNumberId, chat.waId), chat);
    for (const message of chat.messages) byId.set(message.id, message);
  }

  const forget = (messages: readonly ChatMessage[]): void => {
    for (const { id } of messages) byId.delete(id);
  };

  const add = (phoneNumberId: string, waId: string, message: ChatMessage): void => {
    const key = keyOf(phoneNumberId, waId);
    const chat = chats.get(key) ?? { phoneNumberId, waId, messages: [] };
    // Set anew: a map keeps the order in which its keys came.
    chats.delete(key);
    chats.set(key, chat);
    chat.messages.push(message);
    byId.set(message.id, message);
    if (chat.messages.length > mostMessages)
      forget(chat.messages.splice(0, chat.messages.length - mostMessages));
    if (chats.size <= mostChats) return;
    for (const [oldest, { messages }] of chats) {
      forget(messages);
      chats.delete(oldest);
      return;
    }
  };

  const change = (id: string, how: (message: ChatMessage) => void): void => {
    const message = byId.get(id);
    if (message) how(message);
  };

  const apply = (event: ChatEvent, atMs: number): void => {
    switch (event.type) {
      case 'message-received':
        add(event.phoneNumberId, event.from, {
          id: event.wamid,
          by: 'customer',
          atMs,
          kind: event.content.kind,
          text: wordsOf(event.content),
          reactions: {},
          seen:
            event.shownAs === 'content' ? 'whole' : event.shownAs === 'nothing' ? 'nothing' : 'placeholder',
          ...(event.replyTo !== undefined && { replyTo: event.replyTo }),
        });
        return;
      case 'message-sent':
        add(event.phoneNumberId, event.to, sentByApi(event, atMs));
        return;
      case 'app-message-sent':
        add(event.phoneNumberId, event.to, {
          id: event.wamid,
          by: 'app',
          atMs,
          kind: event.content.kind,
          text: wordsOf(event.content),
          reactions: {},
          seen: event.isEchoed ? 'whole' : 'nothing',
          ...(event.device !== 'phone' && { device: event.device }),
          ...(event.automatic && { automatic: event.automatic }),
        });
        return;
      case 'customer-called':
        add(event.phoneNumberId, event.from, callBy('customer', event.video, atMs, sequence));
        return;
      case 'status-advanced': {
        change(event.wamid, (message) => {
          message.status = event.status;
          if (event.code !== undefined) message.code = event.code;
        });
        return;
      }
      case 'message-marked-read': {
        change(event.wamid, (message) => (message.status = 'read'));
        return;
      }
      case 'chat-read-in-app':
        for (const message of chats.get(keyOf(event.phoneNumberId, event.from))?.messages ?? [])
          if (message.by === 'customer') message.status = 'read';
        return;
      case 'customer-reacted': {
        change(event.target, (message) => (message.reactions.customer = event.emoji));
        return;
      }
      case 'app-reacted': {
        change(event.target, (message) => (message.reactions.business = event.emoji));
        return;
      }
      case 'customer-edited': {
        change(event.original, (message) => {
          message.text = event.text;
          message.edited = true;
        });
        return;
      }
      case 'app-message-edited': {
        change(event.original, (message) => {
          message.text = wordsOf(event.content);
          message.edited = true;
        });
        return;
      }
      case 'customer-revoked':
      case 'app-message-revoked': {
        change(event.original, (message) => {
          message.text = '';
          message.revoked = true;
        });
        return;
      }
      case 'customer-moved': {
        move(event);
        return;
      }
      case 'customer-sent-to-group':
      case 'echo-sent':
      case 'stayed-in-the-app':
      case 'automatic-message-set':
      case 'device-linked':
      case 'device-unlinked':
        return;
    }
  };

  /** The chat goes on under the new number. */
  const move = ({ from: before, customer: { waId } }: CustomerMoved): void => {
    for (const [key, chat] of chats) {
      if (chat.waId !== before || waId === before) continue;
      chats.delete(key);
      chats.set(keyOf(chat.phoneNumberId, waId), { ...chat, waId });
    }
  };

  return {
    follow(record) {
      if (record.sequence <= sequence) return;
      ({ sequence } = record);
      apply(record.event as ChatEvent, record.atMs);
    },
    list: () => [...chats.values()].reverse(),
    snapshot: () => ({ sequence, chats: [...chats.values()].reverse() }),
  };
}

const keyOf = (phoneNumberId: string, waId: string): string => `${phoneNumberId} ${waId}`;

const sentByApi = ({ wamid, message, replyTo }: MessageSent, atMs: number): ChatMessage => ({
  id: wamid,
  by: 'api',
  atMs,
  kind: message.kind === 'interactive' ? message.form : message.kind,
  text: wordsOfSent(message),
  status: 'accepted',
  reactions: {},
  seen: 'whole',
  ...(replyTo !== undefined && { replyTo }),
});

const callBy = (by: 'customer' | 'app', video: boolean, atMs: number, sequence: number): ChatMessage => ({
  id: `call-${sequence}`,
  by,
  atMs,
  kind: video ? 'video-call' : 'voice-call',
  text: '',
  reactions: {},
  seen: 'nothing',
});

function wordsOf(content: Content): string {
  switch (content.kind) {
    case 'text':
    case 'button':
      return content.text;
    case 'interactive':
    case 'list-reply':
      return content.title;
    case 'location':
      return content.name ?? `${content.latitude}, ${content.longitude}`;
    case 'contacts':
      return content.names.join(', ');
    case 'order':
      return (
        content.text ?? content.items.map(({ product, quantity }) => `${quantity} × ${product}`).join(', ')
      );
    case 'flow-reply':
      return JSON.stringify(content.answers);
    case 'call-permission':
      return content.answer;
    case 'unsupported':
      return content.form;
    case 'view-once':
    case 'disappearing':
    case 'live-location':
      return '';
    default:
      return content.caption ?? content.filename ?? '';
  }
}

function wordsOfSent(message: OutboundMessage): string {
  switch (message.kind) {
    case 'text':
    case 'interactive':
      return message.text;
    case 'reaction':
      return message.emoji;
    case 'template':
      return message.template.name;
    case 'location':
    case 'contacts':
      return '';
    case 'unknown':
      return message.type;
    default:
      return message.caption ?? '';
  }
}
