/** What begins, keeps and ends coexistence: commands of the phone's owner, and the events they lead to. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { AppId, PhoneNumberId, SignupCode } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import type { EpochMs } from '../../core/time.ts';

export { cancelledEvent, errorEvent, ordinarySessionEvent, partnerAdded } from './wire.ts';

/** What the owner chose in the app while onboarding: whether past chats go to the partner. */
export type HistorySharing = 'shared' | 'declined';

/** Why coexistence ended, by WhatsApp's words. @see Meta: webhooks/reference/account_update */
export type DisconnectionReason =
  | 'PRIMARY_INACTIVITY'
  | 'COMPANION_INACTIVITY'
  | 'BUSINESS_DOWNGRADE'
  | 'ACCOUNT_DISCONNECTED'
  | 'CHANGE_NUMBER'
  | 'USER_RE_REGISTERED';

export type DisconnectionInitiator = 'USER' | 'SYSTEM';

/** The owner finishes Embedded Signup for a number of the WhatsApp Business app. */
export interface CompleteSignup extends Command {
  readonly type: 'complete-signup';
  readonly phoneNumberId: PhoneNumberId;
  readonly history: HistorySharing;
  /** The partner's app; the world's first where missing. */
  readonly appId?: AppId;
}

/** What the page gets: the code from the login callback, and the object that `postMessage` carries as text. */
export interface SignupResult {
  readonly code: SignupCode;
  readonly sessionEvent: JsonObject;
}

/** The owner opens the WhatsApp Business app: the phone has been used. */
export interface OpenApp extends Command {
  readonly type: 'open-app';
  readonly phoneNumberId: PhoneNumberId;
}

/** Settings > Account > Business Platform > Disconnect Account. */
export interface DisconnectInApp extends Command {
  readonly type: 'disconnect-in-app';
  readonly phoneNumberId: PhoneNumberId;
}

/** The owner registers the number on another phone. */
export interface ChangeDevice extends Command {
  readonly type: 'change-device';
  readonly phoneNumberId: PhoneNumberId;
  /** The opt-in to reconnect, which is ticked beforehand, was left ticked. */
  readonly staysConnected: boolean;
}

/** Coexistence ends for one of the reasons that WhatsApp names. */
export interface LeaveCoexistence extends Command {
  readonly type: 'leave-coexistence';
  readonly phoneNumberId: PhoneNumberId;
  readonly reason: DisconnectionReason;
  /** For `ACCOUNT_DISCONNECTED`, which has both; the owner where missing. Other reasons have one initiator each. */
  readonly initiatedBy?: DisconnectionInitiator;
}

/** Due: is the phone still in use? Moot unless the connection is still the one of `connectedAtMs`. */
export interface CheckHeartbeat extends Command {
  readonly type: 'check-heartbeat';
  readonly phoneNumberId: PhoneNumberId;
  readonly connectedAtMs: EpochMs;
}

/** Due: the new phone comes back by itself. Moot unless the number is still away since `offboardedAtMs`. */
export interface Reconnect extends Command {
  readonly type: 'reconnect';
  readonly phoneNumberId: PhoneNumberId;
  readonly offboardedAtMs: EpochMs;
}

export type AccountCommand =
  CompleteSignup | OpenApp | DisconnectInApp | ChangeDevice | LeaveCoexistence | CheckHeartbeat | Reconnect;

/** An onboarding ended well; the number itself moves by `number-moved`. */
export interface SignupCompleted extends WorldEvent {
  readonly type: 'signup-completed';
  readonly phoneNumberId: PhoneNumberId;
  readonly appId: AppId;
  readonly history: HistorySharing;
}

/** The phone was used. */
export interface AppOpened extends WorldEvent {
  readonly type: 'app-opened';
  readonly phoneNumberId: PhoneNumberId;
}

/** The phone has not been used for so long that webhooks about the number no longer leave. */
export interface WebhooksPaused extends WorldEvent {
  readonly type: 'webhooks-paused';
  readonly phoneNumberId: PhoneNumberId;
}

/** Webhooks about the number leave again. */
export interface WebhooksResumed extends WorldEvent {
  readonly type: 'webhooks-resumed';
  readonly phoneNumberId: PhoneNumberId;
}
