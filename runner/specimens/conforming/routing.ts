/**
 * Where each part of a webhook goes.
 *
 * By `field`, never by shape: the contents of old media look like live messages, and an account's events name no number.
 * What is not known is left alone; Meta adds fields, and the rest of the webhook is still good.
 */
import type { Clock } from './clock.ts';
import type { Conduct } from './conduct.ts';
import type { Connections } from './connection.ts';
import type { Contacts } from './contacts.ts';
import type { Conversations } from './conversations.ts';
import type { HistoryImport } from './history-import.ts';
import type { Lanes } from './lanes.ts';
import type { SyncType } from './sync.ts';
import type { Change, Entry, Webhook } from './wire.ts';

interface Parts {
  readonly conduct: Conduct;
  readonly clock: Clock;
  readonly lanes: Lanes;
  readonly connections: Connections;
  readonly conversations: Conversations;
  readonly history: HistoryImport;
  readonly contacts: Contacts;
  readonly ask: (phoneNumberId: string, type: SyncType) => void;
  readonly forgetAll: (phoneNumberId: string) => void;
}

/** @returns a function that queues the work of a webhook and returns at once */
export function createRouting(parts: Parts): (webhook: Webhook) => void {
  return (webhook) => {
    for (const entry of parts.conduct.readsOf(webhook).entry ?? []) {
      for (const change of entry.changes ?? []) {
        if (change.field === 'account_update') account(parts, entry, change);
        else number(parts, entry, change);
      }
    }
  };
}

function account(parts: Parts, entry: Entry, change: Change): void {
  const value = change.value ?? {};
  const state = parts.connections.update(entry, value);
  const wabaId = value.waba_info?.waba_id ?? entry.id ?? '';
  for (const { id } of state === undefined ? [] : parts.connections.numbersOf(wabaId)) {
    if (state === 'connected') parts.conduct.onReconnected((type) => parts.ask(id, type));
    else parts.conduct.onDisconnected(() => parts.forgetAll(id));
  }
}

/** Live work and the import of a number's history run side by side; each keeps its order. */
function number(parts: Parts, entry: Entry, { field, value }: Change): void {
  const id = value?.metadata?.phone_number_id;
  if (!value || id === undefined || entry.id === undefined) return;
  const displayPhoneNumber = value.metadata?.display_phone_number;
  parts.connections.adopt(id, entry.id, displayPhoneNumber);
  switch (field) {
    case 'messages':
      parts.lanes.run(`live/${id}`, () => parts.conversations.hear(id, value));
      return;
    case 'smb_message_echoes':
      parts.lanes.run(`live/${id}`, () => parts.conversations.overhear(id, value));
      return;
    case 'history':
      parts.lanes.run(`history/${id}`, () => parts.history.take(id, displayPhoneNumber, value));
      return;
    case 'smb_app_state_sync':
      parts.contacts.take(id, value);
      return;
    default:
  }
}
