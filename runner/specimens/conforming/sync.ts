/**
 * Asking for the address book and the chat history, which may be asked for once per onboarding and not more.
 *
 * A second request is refused at best; the way out of it is to disconnect the phone and sign up again. So what was asked
 * is noted before the request leaves, and whatever comes back, it is not asked again.
 */
import type { Conduct } from './conduct.ts';
import type { HistoryPart } from './wire.ts';

export type SyncType = 'smb_app_state_sync' | 'history';
export type SyncState = 'none' | 'requested' | 'running' | 'complete' | 'declined' | 'failed';

export interface Sync {
  state: SyncState;
  requestId?: string;
  /** Why nothing comes. */
  failure?: string;
  /** Highest `phase` and `progress` seen; chunks come in any order. */
  phase?: number;
  progress?: number;
  /** Files whose place is held; those older than two weeks never come. */
  missingFiles?: number;
}

export interface Syncs {
  /** @returns false if it was asked in this onboarding */
  claim(phoneNumberId: string, type: SyncType): boolean;
  /** A new onboarding begins: both may be asked again. */
  begin(phoneNumberId: string): void;
  of(phoneNumberId: string, type: SyncType): Sync;
  noteContacts(phoneNumberId: string): void;
  noteHistory(phoneNumberId: string, part: HistoryPart): void;
  /** @param count - so many more files, or fewer */
  expectFile(phoneNumberId: string, count: number): void;
  /** Looks whether all has come. */
  settleHistory(phoneNumberId: string): void;
}

const declinedByOwner = 2593109;

/** Whether the owner chose, on the phone, not to share the chats. */
export const isDeclined = (part: HistoryPart): boolean =>
  part.errors?.some((error) => error.code === declinedByOwner) ?? false;

export function createSyncs(conduct: Conduct): Syncs {
  const syncs = new Map<string, Sync>();
  const claimed = new Set<string>();
  const of = (phoneNumberId: string, type: SyncType): Sync => {
    const key = `${phoneNumberId}/${type}`;
    const sync = syncs.get(key) ?? { state: 'none' };
    syncs.set(key, sync);
    return sync;
  };
  return {
    claim(phoneNumberId, type) {
      const key = `${phoneNumberId}/${type}`;
      if (claimed.has(key)) return false;
      claimed.add(key);
      of(phoneNumberId, type).state = conduct.stateOfRequest();
      return true;
    },
    begin(phoneNumberId) {
      for (const type of ['smb_app_state_sync', 'history']) {
        claimed.delete(`${phoneNumberId}/${type}`);
        syncs.delete(`${phoneNumberId}/${type}`);
      }
    },
    of,
    noteContacts(phoneNumberId) {
      // No webhook says that the address book is whole; it mostly comes in one.
      of(phoneNumberId, 'smb_app_state_sync').state = 'complete';
    },
    noteHistory: (phoneNumberId, part) => note(of(phoneNumberId, 'history'), part),
    expectFile(phoneNumberId, count) {
      const sync = of(phoneNumberId, 'history');
      sync.missingFiles = Math.max(0, (sync.missingFiles ?? 0) + count);
    },
    settleHistory(phoneNumberId) {
      const sync = of(phoneNumberId, 'history');
      if (sync.state === 'running' && conduct.isImportComplete(sync)) sync.state = 'complete';
    },
  };
}

function note(sync: Sync, part: HistoryPart): void {
  if (isDeclined(part)) {
    sync.state = 'declined';
    sync.failure = part.errors?.[0]?.title ?? 'History sharing is turned off on the phone';
    return;
  }
  sync.phase = Math.max(sync.phase ?? 0, part.metadata?.phase ?? 0);
  sync.progress = Math.max(sync.progress ?? 0, part.metadata?.progress ?? 0);
  // Whether that is all is looked at when it has been stored.
  sync.state = 'running';
}
