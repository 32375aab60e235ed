/** What the owner does in the WhatsApp Business app that never reaches the API. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId, WaId } from '../../core/identifiers.ts';

export interface SendToGroupFromApp extends Command {
  readonly type: 'send-to-group-from-app';
  readonly phoneNumberId: PhoneNumberId;
  readonly text: string;
}

export interface PostStatus extends Command {
  readonly type: 'post-status';
  readonly phoneNumberId: PhoneNumberId;
  readonly text: string;
}

/** Sends to a broadcast list; in coexistence the app makes no new ones and only shows the old. */
export interface Broadcast extends Command {
  readonly type: 'broadcast';
  readonly phoneNumberId: PhoneNumberId;
  readonly to: readonly WaId[];
  readonly text: string;
}

export interface CallFromApp extends Command {
  readonly type: 'call-from-app';
  readonly phoneNumberId: PhoneNumberId;
  readonly to: WaId;
  readonly video: boolean;
}

/** Features of the app that coexistence switches off. */
export type AppFeature = 'disappearing-messages' | 'view-once' | 'live-location' | 'broadcast-lists';

export interface TurnOnInApp extends Command {
  readonly type: 'turn-on-in-app';
  readonly phoneNumberId: PhoneNumberId;
  readonly feature: AppFeature;
  /** In the chat with this customer; missing: for all. */
  readonly to?: WaId;
}

/** The owner opens a chat, and has read it; the API never hears of it. */
export interface ReadInApp extends Command {
  readonly type: 'read-in-app';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
}

export type AutomaticMessage = 'greeting' | 'away';

/** Business tools > Greeting message, Away message. */
export interface SetAutomaticMessage extends Command {
  readonly type: 'set-automatic-message';
  readonly phoneNumberId: PhoneNumberId;
  readonly message: AutomaticMessage;
  /** Missing: it is turned off. */
  readonly text?: string;
}

/** What the app can be used on beside the phone. */
export type LinkedDevice = 'web' | 'mac' | 'windows' | 'wear-os';

/** Linked devices > Link a device. */
export interface LinkDevice extends Command {
  readonly type: 'link-device' | 'unlink-device';
  readonly phoneNumberId: PhoneNumberId;
  readonly device: LinkedDevice;
}

export type PhoneAppCommand =
  | SendToGroupFromApp
  | PostStatus
  | Broadcast
  | CallFromApp
  | TurnOnInApp
  | ReadInApp
  | SetAutomaticMessage
  | LinkDevice;

/** The customer sees that everything so far was read. */
export interface ChatReadInApp extends WorldEvent {
  readonly type: 'chat-read-in-app';
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
}

export interface AutomaticMessageSet extends WorldEvent {
  readonly type: 'automatic-message-set';
  readonly phoneNumberId: PhoneNumberId;
  readonly message: AutomaticMessage;
  readonly text?: string;
}

export interface DeviceLinked extends WorldEvent {
  readonly type: 'device-linked' | 'device-unlinked';
  readonly phoneNumberId: PhoneNumberId;
  readonly device: LinkedDevice;
}

export type PhoneAppEvent = StayedInTheApp | ChatReadInApp | AutomaticMessageSet | DeviceLinked;

/** The owner did something on the phone, and no webhook says so. */
export interface StayedInTheApp extends WorldEvent {
  readonly type: 'stayed-in-the-app';
  readonly phoneNumberId: PhoneNumberId;
  readonly what: 'group-message' | 'status' | 'broadcast' | 'voice-call' | 'video-call' | AppFeature;
}
