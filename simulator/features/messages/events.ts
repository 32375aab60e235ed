/** What customers and the API can ask of a conversation, and what happens in it. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { Failure } from '../../core/forced-failure.ts';
import type { Content, MediaKind } from '../../core/content.ts';
import type { TemplateSend } from '../message-templates/events.ts';
import type { MediaId, PhoneNumberId, UserId, WaId, Wamid } from '../../core/identifiers.ts';

export { lastReceivedAtMs, messageOf } from './evolve.ts';
export { tierOf } from './outbound/messaging-limit.ts';
export { parseMessages, renderReply } from './outbound/wire.ts';
export type { SendReply } from './outbound/decide.ts';

// What customers do.

/** An ad that opens a chat: with a picture, with a film, or in a status, where clicks have no id. */
export type AdKind = 'image' | 'video' | 'status';

export interface SendCustomerMessage extends Command {
  readonly type: 'send-customer-message';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly content: Content;
  readonly replyTo?: Wamid;
  /** The kind of ad that the customer came through, if any. */
  readonly viaAd: AdKind | false;
  readonly forwarded?: 'once' | 'often';
  /** The product that it is about, by the retailer's own id. */
  readonly product?: string;
  /** The first message of a chat: the API sees 131060 before it sees the content. */
  readonly firstContact: boolean;
}

export interface ReactAsCustomer extends Command {
  readonly type: 'react-as-customer';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly wamid: Wamid;
  /** Empty takes the reaction back. */
  readonly emoji: string;
}

export interface EditAsCustomer extends Command {
  readonly type: 'edit-as-customer';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly wamid: Wamid;
  /** The new text, or the new caption of a file. */
  readonly text: string;
}

export interface RevokeAsCustomer extends Command {
  readonly type: 'revoke-as-customer';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly wamid: Wamid;
}

export interface ChangeCustomerNumber extends Command {
  readonly type: 'change-customer-number';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
}

export interface HideCustomerNumber extends Command {
  readonly type: 'hide-customer-number';
  readonly from: WaId;
  /** What stands in its place. */
  readonly username: string;
}

export interface CallAsCustomer extends Command {
  readonly type: 'call-as-customer';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly video: boolean;
}

export interface SendToGroupAsCustomer extends Command {
  readonly type: 'send-to-group-as-customer';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly text: string;
}

/** Due: what 131060 stood for can be read now. */
export interface RevealMessage extends Command {
  readonly type: 'reveal-message';
  readonly message: Omit<MessageReceived, 'type' | 'shownAs'>;
}

// What the API does.

/** Whom a message is for, as the request says it. */
export type Addressee =
  | { readonly kind: 'number'; readonly input: string }
  | { readonly kind: 'user'; readonly input: UserId }
  | { readonly kind: 'group'; readonly input: string };

/** A message of the API, as far as it decides anything. */
export type OutboundMessage =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: MediaKind;
      /** A file by id or by link; exactly one. */
      readonly mediaId?: MediaId;
      readonly link?: string;
      readonly caption?: string;
      /** A voice note; of audio alone. */
      readonly voice?: true;
    }
  | { readonly kind: 'reaction'; readonly target: Wamid; readonly emoji: string }
  | { readonly kind: 'template'; readonly template: TemplateSend }
  | {
      readonly kind: 'interactive';
      /** `interactive.type`. */
      readonly form: string;
      readonly text: string;
    }
  | { readonly kind: 'location' | 'contacts' }
  | { readonly kind: 'unknown'; readonly type: string };

/** `POST /{phone-number-id}/messages`. */
export interface SendMessage extends Command {
  readonly type: 'send-message';
  readonly phoneNumberId: PhoneNumberId;
  readonly to: Addressee;
  readonly message: OutboundMessage;
  /** Sent by the edge for marketing templates. */
  readonly marketingAlone?: true;
  /** `context.message_id`. */
  readonly replyTo?: Wamid;
  /** `biz_opaque_callback_data`. */
  readonly callbackData?: string;
}

/** `POST /{phone-number-id}/messages` with `status: read`. */
export interface MarkRead extends Command {
  readonly type: 'mark-read';
  readonly phoneNumberId: PhoneNumberId;
  readonly wamid: Wamid;
  /** Shows the typing indicator, too. */
  readonly typing: boolean;
}

export type MessageStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** Why a message did not arrive. */
export type FailureCode = 130403 | 131009 | 131026 | 131047 | 131048 | 131050 | 131053;

/** `pricing` of a status. */
export interface Pricing {
  readonly billable: boolean;
  readonly category: 'service' | 'utility' | 'marketing' | 'authentication' | 'referral_conversion';
  readonly type: 'regular' | 'free_customer_service' | 'free_entry_point';
}

/** Due: a message of the API gets on. It carries all that its statuses print, so that nothing has to be kept for them. */
export interface AdvanceStatus extends Command {
  readonly type: 'advance-status';
  readonly phoneNumberId: PhoneNumberId;
  readonly wamid: Wamid;
  readonly to: WaId;
  readonly addressedAs: 'number' | 'user';
  readonly status: MessageStatus;
  readonly pricing: Pricing;
  /** Reactions are `sent` and no more. */
  readonly endsWithSent: boolean;
  /** A voice note, which is played after it was read. */
  readonly isVoice?: true;
  readonly failure?: Failure;
  readonly callbackData?: string;
}

// What happened.

/** A customer's message reached the number, whether or not the API gets to see it. */
export interface MessageReceived extends WorldEvent {
  readonly type: 'message-received';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly wamid: Wamid;
  readonly content: Content;
  readonly sentAtSeconds: number;
  readonly replyTo?: Wamid;
  readonly viaAd: AdKind | false;
  readonly forwarded?: 'once' | 'often';
  readonly product?: string;
  /** File behind a media kind. */
  readonly mediaId?: MediaId;
  /**
   * What the API sees: the content, an `unsupported` with 131060 in its place, or nothing, because the number is not
   * on the API or the customer's device is not supported.
   */
  readonly shownAs: 'content' | 'unavailable' | 'nothing';
}

/** A customer reacted to a message, or took the reaction back (`emoji` is empty). */
export interface CustomerReacted extends WorldEvent {
  readonly type: 'customer-reacted';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly wamid: Wamid;
  readonly target: Wamid;
  readonly emoji: string;
  readonly isShown: boolean;
}

export interface CustomerEdited extends WorldEvent {
  readonly type: 'customer-edited';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly wamid: Wamid;
  readonly original: Wamid;
  readonly text: string;
  readonly isShown: boolean;
}

export interface CustomerRevoked extends WorldEvent {
  readonly type: 'customer-revoked';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly wamid: Wamid;
  readonly original: Wamid;
  readonly isShown: boolean;
}

/** A call in the app; the API never hears of it. */
export interface CustomerCalled extends WorldEvent {
  readonly type: 'customer-called';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly video: boolean;
}

/** A message to a group that the business is in; the API never hears of it. */
export interface CustomerSentToGroup extends WorldEvent {
  readonly type: 'customer-sent-to-group';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
  readonly text: string;
}

/** WhatsApp accepted a message of the API. */
export interface MessageSent extends WorldEvent {
  readonly type: 'message-sent';
  readonly phoneNumberId: PhoneNumberId;
  readonly to: WaId;
  readonly wamid: Wamid;
  readonly message: OutboundMessage;
  readonly replyTo?: Wamid;
  /** The business writes first: the customer's window was closed. */
  readonly opensConversation?: true;
}

/** A message of the API got on. */
export interface StatusAdvanced extends WorldEvent {
  readonly type: 'status-advanced';
  readonly phoneNumberId: PhoneNumberId;
  readonly to: WaId;
  readonly wamid: Wamid;
  readonly status: MessageStatus;
  /** Set where it failed. */
  readonly code?: number;
}

/** The API marked a customer's message as read, and those before it. */
export interface MessageMarkedRead extends WorldEvent {
  readonly type: 'message-marked-read';
  readonly phoneNumberId: PhoneNumberId;
  readonly wamid: Wamid;
  readonly typing: boolean;
}

export type InboundCommand =
  | SendCustomerMessage
  | ReactAsCustomer
  | EditAsCustomer
  | RevokeAsCustomer
  | CallAsCustomer
  | ChangeCustomerNumber
  | HideCustomerNumber
  | SendToGroupAsCustomer
  | RevealMessage;

export type OutboundCommand = SendMessage | MarkRead | AdvanceStatus;

export type MessagesEvent =
  | MessageReceived
  | CustomerReacted
  | CustomerEdited
  | CustomerRevoked
  | CustomerCalled
  | CustomerSentToGroup
  | MessageSent
  | StatusAdvanced
  | MessageMarkedRead;
