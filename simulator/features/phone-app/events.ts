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

export type PhoneAppCommand = SendToGroupFromApp | PostStatus | Broadcast | CallFromApp | TurnOnInApp;

/** The owner did something on the phone, and no webhook says so. */
export interface StayedInTheApp extends WorldEvent {
  readonly type: 'stayed-in-the-app';
  readonly phoneNumberId: PhoneNumberId;
  readonly what: 'group-message' | 'status' | 'broadcast' | 'voice-call' | 'video-call' | AppFeature;
}
