/**
 * The messages of all conversations.
 *
 * A message is kept once, whoever brings it and however often: its key is unique in the store, so of two simultaneous
 * deliveries one finds the place taken. What comes before the message it is about (a status, an edit, a deletion) waits.
 */
import { createRequire } from 'node:module';
import type nedb from '@seald-io/nedb';

export type Author = 'customer' | 'phone' | 'bot';
export type Delivery = 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed' | 'unconfirmed';

export interface Failure {
  readonly code: number;
  readonly title: string;
}

export interface StoredMessage {
  readonly phoneNumberId: string;
  readonly wamid: string;
  /** Key of the customer whose conversation it is in. */
  readonly customer: string;
  readonly author: Author;
  readonly kind: string;
  readonly text: string;
  readonly mediaId?: string;
  readonly placeholder: boolean;
  readonly sentAtMs: number;
  readonly quotes?: string;
  /** How far the business's own message got. */
  readonly delivery?: Delivery;
  readonly failure?: Failure;
  readonly edited: boolean;
  readonly deleted: boolean;
  /** From before the number was connected. */
  readonly imported: boolean;
  /** Emoji by who reacted. */
  readonly reactions: Readonly<Partial<Record<Author, string>>>;
}

/** A change to a message: applied where `if` holds, which keeps late news from undoing newer. */
export interface MessageChange {
  readonly if: Readonly<Record<string, unknown>>;
  readonly set: Readonly<Record<string, unknown>>;
}

export type Kept = 'new' | 'filled' | 'known';

export interface InboxStore {
  /** Keeps a message, or fills the placeholder that holds its place. */
  keep(message: StoredMessage): Promise<Kept>;
  /** Keeps a message under a key of its own, even where its wamid is taken. */
  keepAgain(message: StoredMessage): Promise<void>;
  /** Changes a message, now or as soon as it comes. */
  change(phoneNumberId: string, wamid: string, change: MessageChange): Promise<void>;
  /** Whether the message is there already. */
  has(phoneNumberId: string, wamid: string): Promise<boolean>;
  /** Everything of one customer is gone. */
  forget(phoneNumberId: string, customer: string): Promise<void>;
  /** Oldest first. */
  conversation(phoneNumberId: string, customer: string): Promise<readonly StoredMessage[]>;
  /** Everything of one customer belongs to another, who turned out to be the same person. */
  move(phoneNumberId: string, from: string, to: string): Promise<void>;
}

type Row = StoredMessage & { readonly _id: string; readonly order: number };

/** Changes that wait for their message; the oldest give way. */
const mostWaiting = 10_000;

// The package is CommonJS without a `default`, which its types promise.
const Datastore = createRequire(import.meta.url)('@seald-io/nedb') as typeof nedb.default;

/** A store in memory: an inbox that should outlive its process gives the datastore a file name. */
export function createInboxStore(): InboxStore {
  const rows = new Datastore<Row>({ inMemoryOnly: true });
  void rows.ensureIndexAsync({ fieldName: 'wamid' });
  void rows.ensureIndexAsync({ fieldName: 'customer' });
  const waiting = new Map<string, MessageChange[]>();
  let order = 0;

  const insert = async (key: string, message: StoredMessage): Promise<void> => {
    order += 1;
    await rows.insertAsync({ ...message, _id: key, order });
  };

  const applyWaiting = async (phoneNumberId: string, wamid: string): Promise<void> => {
    const key = keyOf(phoneNumberId, wamid);
    for (const change of [...(waiting.get(key) ?? [])]) {
      const about = { phoneNumberId, wamid };
      await rows.updateAsync({ ...about, ...change.if }, { $set: change.set }, { multi: true });
      if ((await rows.countAsync(about)) === 0) return;
      forget(waiting, key, change);
    }
  };

  return {
    async keep(message) {
      const key = keyOf(message.phoneNumberId, message.wamid);
      try {
        await insert(key, message);
      } catch (error) {
        if (!isTaken(error)) throw error;
        return fill(rows, key, message);
      }
      await applyWaiting(message.phoneNumberId, message.wamid);
      return 'new';
    },
    keepAgain: (message) => insert(`${keyOf(message.phoneNumberId, message.wamid)}#${order + 1}`, message),
    async change(phoneNumberId, wamid, change) {
      // It waits before it is tried, so that a message kept in between finds it.
      remember(waiting, keyOf(phoneNumberId, wamid), change);
      await applyWaiting(phoneNumberId, wamid);
    },
    has: async (phoneNumberId, wamid) => (await rows.countAsync({ phoneNumberId, wamid })) > 0,
    async forget(phoneNumberId, customer) {
      await rows.removeAsync({ phoneNumberId, customer }, { multi: true });
    },
    async conversation(phoneNumberId, customer) {
      const found: unknown = await rows
        .findAsync<Row>({ phoneNumberId, customer })
        .sort({ sentAtMs: 1, order: 1 });
      return found as readonly Row[];
    },
    async move(phoneNumberId, from, to) {
      await rows.updateAsync({ phoneNumberId, customer: from }, { $set: { customer: to } }, { multi: true });
    },
  };
}

const keyOf = (phoneNumberId: string, wamid: string): string => `${phoneNumberId}/${wamid}`;

const isTaken = (error: unknown): boolean =>
  error instanceof Error && 'errorType' in error && error.errorType === 'uniqueViolated';

async function fill(rows: nedb.default<Row>, key: string, message: StoredMessage): Promise<Kept> {
  if (message.placeholder) return 'known';
  const { kind, text, mediaId } = message;
  const contents = { kind, text, placeholder: false, ...(mediaId === undefined ? {} : { mediaId }) };
  const { numAffected } = await rows.updateAsync({ _id: key, placeholder: true }, { $set: contents });
  return numAffected > 0 ? 'filled' : 'known';
}

function remember(waiting: Map<string, MessageChange[]>, key: string, change: MessageChange): void {
  waiting.set(key, [...(waiting.get(key) ?? []), change]);
  if (waiting.size <= mostWaiting) return;
  const [oldest] = waiting.keys();
  if (oldest !== undefined) waiting.delete(oldest);
}

function forget(waiting: Map<string, MessageChange[]>, key: string, change: MessageChange): void {
  const left = waiting.get(key)?.filter((other) => other !== change) ?? [];
  if (left.length > 0) waiting.set(key, left);
  else waiting.delete(key);
}
