/** `POST /{phone-number-id}/messages`: the body as a command, the reply as an answer. */
import type { GraphRequest } from '../../../core/feature.ts';
import type { MediaId, PhoneNumberId, UserId, Wamid } from '../../../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import type { TemplateSend } from '../../message-templates/events.ts';
import type { Addressee, MarkRead, OutboundMessage, SendMessage } from '../events.ts';
import type { SendReply } from './decide.ts';

/** A message, or a read receipt: `status` tells them apart. */
export function parseMessages(request: GraphRequest): SendMessage | MarkRead {
  const { params } = request;
  const phoneNumberId = request.nodeId as PhoneNumberId;
  if (params['status'] !== undefined) {
    return {
      type: 'mark-read',
      phoneNumberId,
      wamid: textOf(params['message_id']) as Wamid,
      typing: params['typing_indicator'] !== undefined,
    };
  }
  const replyTo = textOf(objectOf(params['context'])['message_id']);
  const callbackData = textOf(params['biz_opaque_callback_data']);
  return {
    type: 'send-message',
    phoneNumberId,
    to: parseAddressee(params),
    message: parseMessage(params, request.served ?? newestServed),
    ...(replyTo !== '' && { replyTo: replyTo as Wamid }),
    ...(callbackData !== '' && { callbackData }),
  };
}

/** Where both are given, `to` goes before `recipient`. */
function parseAddressee(params: JsonObject): Addressee {
  const to = textOf(params['to']);
  if (to === '' && params['recipient'] !== undefined)
    return { kind: 'user', input: textOf(params['recipient']) as UserId };
  return { kind: params['recipient_type'] === 'group' ? 'group' : 'number', input: to };
}

/** Of a request that says nothing of it. */
const newestServed = 26;

function parseMessage(params: JsonObject, served: number): OutboundMessage {
  // `type` may be left out for text.
  const type = textOf(params['type']) || 'text';
  const content = objectOf(params[type]);
  switch (type) {
    case 'text':
      return { kind: 'text', text: textOf(content['body']) };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker':
      return { kind: type, ...parseFile(content) };
    case 'reaction':
      return {
        kind: 'reaction',
        target: textOf(content['message_id']) as Wamid,
        emoji: textOf(content['emoji']),
      };
    case 'template':
      return { kind: 'template', template: parseTemplate(content, served) };
    case 'interactive':
      return {
        kind: type,
        form: textOf(content['type']),
        text: textOf(objectOf(content['body'])['text']),
      };
    case 'location':
    case 'contacts':
      return { kind: type };
    default:
      return { kind: 'unknown', type };
  }
}

function parseFile(content: JsonObject): {
  mediaId?: MediaId;
  link?: string;
  caption?: string;
  voice?: true;
} {
  const id = textOf(content['id']);
  const link = textOf(content['link']);
  const caption = textOf(content['caption']);
  return {
    ...(id !== '' && { mediaId: id as MediaId }),
    ...(link !== '' && { link }),
    ...(caption !== '' && { caption }),
    ...((content['voice'] === true || content['voice'] === 'true') && { voice: true }),
  };
}

const parseTemplate = (content: JsonObject, served: number): TemplateSend => ({
  served,
  name: textOf(content['name']),
  language: textOf(objectOf(content['language'])['code']),
  components: listOf(content['components']).map(objectOf),
});

/** Ids and numbers may come as JSON numbers. */
const textOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const nothing: JsonObject = {};

const isList = (value: JsonValue | undefined): value is readonly JsonValue[] => Array.isArray(value);

const objectOf = (value: JsonValue | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !isList(value) ? value : nothing;

const listOf = (value: JsonValue | undefined): readonly JsonValue[] => (isList(value) ? value : []);

/** `message_status` is told of templates alone. */
export function renderReply(reply: SendReply): JsonObject {
  if (reply.kind === 'marked-read') return { success: true };
  return {
    messaging_product: 'whatsapp',
    contacts: [
      {
        input: reply.input,
        ...(reply.waId === undefined ? {} : { wa_id: reply.waId }),
        ...(reply.userId === undefined ? {} : { user_id: reply.userId }),
      },
    ],
    messages: [{ id: reply.wamid, ...(reply.isTemplate ? { message_status: 'accepted' } : {}) }],
  };
}
