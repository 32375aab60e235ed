/** What the inbox shows, to tools as JSON and to people on its page. */
import type { Conduct } from './conduct.ts';
import type { ConnectionState } from './connection.ts';
import type { Inbox } from './inbox.ts';
import type { Author, Delivery, Failure } from './inbox-store.ts';
import type { Sync, SyncType } from './sync.ts';

export interface ShownMessage {
  readonly wamid: string;
  readonly author: Author;
  readonly kind: string;
  readonly text: string;
  readonly sentAt: string;
  readonly quotes?: string;
  readonly delivery?: Delivery;
  readonly failure?: Failure;
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly imported: boolean;
  /** Its content has not come. */
  readonly placeholder: boolean;
}

export interface ShownConnection {
  readonly state: ConnectionState | 'unknown';
  readonly reason?: string;
}

export interface ShownContact {
  readonly inAddressBook: boolean;
  readonly name?: string;
}

/** @param alias - the customer's number or user id; nobody's conversation is empty */
export async function showConversation(
  inbox: Inbox,
  conduct: Conduct,
  phoneNumberId: string,
  alias: string,
): Promise<readonly ShownMessage[]> {
  const customer = inbox.customers.find(phoneNumberId, alias);
  if (!customer) return [];
  const messages = await inbox.store.conversation(phoneNumberId, customer.key);
  return messages.map((message) => {
    const delivery = message.delivery && conduct.shownDelivery(message.delivery);
    const failure = message.failure && conduct.shownFailure(message.failure);
    return {
      wamid: message.wamid,
      author: message.author,
      kind: message.kind,
      text: message.text,
      sentAt: new Date(message.sentAtMs).toISOString(),
      ...(message.quotes === undefined ? {} : { quotes: message.quotes }),
      ...(delivery === undefined ? {} : { delivery }),
      ...(delivery !== 'failed' || failure === undefined ? {} : { failure }),
      edited: message.edited,
      deleted: message.deleted,
      imported: message.imported,
      placeholder: message.placeholder,
    };
  });
}

/** @param wabaId - of a number that no webhook has named yet: its account may have been heard of */
export function showConnection(
  inbox: Inbox,
  conduct: Conduct,
  phoneNumberId: string,
  wabaId?: string,
): ShownConnection {
  const { connections } = inbox;
  const account = connections.accountOf(phoneNumberId) ?? connections.account(wabaId);
  if (!account) return { state: 'unknown' };
  const state = conduct.shownState(account.state);
  return { state, ...(account.reason === undefined ? {} : { reason: account.reason }) };
}

export function showContact(inbox: Inbox, phoneNumberId: string, alias: string): ShownContact {
  const name = inbox.customers.find(phoneNumberId, alias)?.contact?.name;
  return name === undefined ? { inAddressBook: false } : { inAddressBook: true, name };
}

export function showSync(
  inbox: Inbox,
  conduct: Conduct,
  phoneNumberId: string,
): { readonly contacts: Sync; readonly history: Sync } {
  const shown = (type: SyncType): Sync => {
    const sync = inbox.syncs.of(phoneNumberId, type);
    return { ...sync, state: conduct.shownSync(sync.state) };
  };
  return { contacts: shown('smb_app_state_sync'), history: shown('history') };
}
