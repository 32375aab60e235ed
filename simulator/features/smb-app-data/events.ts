/** What can be asked of the synchronisation that follows onboarding, and what happens then. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';

/** `sync_type` on the wire. */
export type SyncType = 'smb_app_state_sync' | 'history';

/** `POST /{phone-number-id}/smb_app_data`. */
export interface RequestSync extends Command {
  readonly type: 'request-sync';
  readonly phoneNumberId: PhoneNumberId;
  readonly syncType: SyncType;
}

/** The chat history was asked for, and the one chance of this onboarding is spent. */
export interface HistorySyncRequested extends WorldEvent {
  readonly type: 'history-sync-requested';
  readonly phoneNumberId: PhoneNumberId;
  readonly requestId: string;
}

/** The address book was asked for; from now on its changes are told as well. */
export interface ContactSyncRequested extends WorldEvent {
  readonly type: 'contact-sync-requested';
  readonly phoneNumberId: PhoneNumberId;
  readonly requestId: string;
}

/** Either kind of accepted request. */
export type SyncRequested = HistorySyncRequested | ContactSyncRequested;
