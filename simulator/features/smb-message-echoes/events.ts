/** What the business can do in chats on its phone and linked devices, and what comes of it. */
import type { Content } from '../../core/content.ts';
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId, WaId, Wamid } from '../../core/identifiers.ts';
import type { WireMedia } from '../../core/wire-content.ts';

/** What the business writes on. Windows and Wear OS are companions that coexistence does not support. */
export type BusinessDevice = 'phone' | 'web' | 'windows' | 'wear-os';

/** The owner, or the app by itself, writes to a customer. Replies with the message's wamid. */
export interface SendFromApp extends Command {
  readonly type: 'send-from-app';
  readonly phoneNumberId: PhoneNumberId;
  readonly to: WaId;
  readonly content: Content;
  readonly replyTo?: Wamid;
  /** The app wrote it by itself; nothing on the wire tells such a message from a typed one. */
  readonly automatic?: 'greeting' | 'away';
  readonly device: BusinessDevice;
}

/** Replies with a wamid of the reaction's own, as do the edit and the revocation. */
export interface ReactFromApp extends Command {
  readonly type: 'react-from-app';
  readonly phoneNumberId: PhoneNumberId;
  readonly to: WaId;
  /** The message reacted to, whoever wrote it. */
  readonly wamid: Wamid;
  /** Empty takes the reaction back. */
  readonly emoji: string;
}

/** Replaces the text or caption of a message of the business, within 15 minutes. */
export interface EditFromApp extends Command {
  readonly type: 'edit-from-app';
  readonly phoneNumberId: PhoneNumberId;
  readonly wamid: Wamid;
  /** The new text, or the new caption of a file. */
  readonly text: string;
}

/** Deletes a message of the business for everyone, within two days. */
export interface RevokeFromApp extends Command {
  readonly type: 'revoke-from-app';
  readonly phoneNumberId: PhoneNumberId;
  readonly wamid: Wamid;
}

/** Every command that this feature decides. */
export type EchoesCommand = SendFromApp | ReactFromApp | EditFromApp | RevokeFromApp;

/** What the commands reply. */
export interface SentWamid {
  readonly wamid: Wamid;
}

/** The business wrote in the app; whether the API hears of it is said by `echo-sent`. */
export interface AppMessageSent extends WorldEvent {
  readonly type: 'app-message-sent';
  readonly phoneNumberId: PhoneNumberId;
  readonly to: WaId;
  readonly wamid: Wamid;
  readonly content: Content;
  readonly device: BusinessDevice;
  readonly isEchoed: boolean;
  readonly automatic?: 'greeting' | 'away';
  /** The file, where the API hears of it. */
  readonly media?: Omit<WireMedia, 'url'>;
}

/** The business reacted in the app; an empty emoji takes the reaction back. */
export interface AppReacted extends WorldEvent {
  readonly type: 'app-reacted';
  readonly phoneNumberId: PhoneNumberId;
  readonly to: WaId;
  readonly wamid: Wamid;
  readonly target: Wamid;
  readonly emoji: string;
}

/** A message of the business got another text or caption. */
export interface AppMessageEdited extends WorldEvent {
  readonly type: 'app-message-edited';
  readonly original: Wamid;
  readonly content: Content;
}

/** A message of the business was deleted for everyone. */
export interface AppMessageRevoked extends WorldEvent {
  readonly type: 'app-message-revoked';
  readonly original: Wamid;
}

/** Something done in the app, or on a linked device, was told to the API. It neither opens nor extends a window. */
export interface EchoSent extends WorldEvent {
  readonly type: 'echo-sent';
  readonly phoneNumberId: PhoneNumberId;
  readonly to: WaId;
  /** Of the echo itself: an edit, a revocation and a reaction have one of their own. */
  readonly wamid: Wamid;
  readonly what: 'message' | 'reaction' | 'edit' | 'revoke';
  readonly device: BusinessDevice;
  readonly automatic?: 'greeting' | 'away';
}

/** Every event of this feature. */
export type EchoesEvent = AppMessageSent | AppReacted | AppMessageEdited | AppMessageRevoked | EchoSent;
