/** What probes answer, after `select`: checked, because it comes from a stranger's system. Pure. */

/** A message as the inbox of the system under test shows it. */
export interface InboxMessage {
  readonly id: string;
  readonly author: 'customer' | 'phone' | 'bot' | 'agent';
  readonly text?: string;
  readonly timestamp?: string | number;
  readonly status?: string;
  readonly edited?: boolean;
  readonly deleted?: boolean;
  /** Graph's code of why it failed. */
  readonly error?: number;
  /** Id of the message it quotes. */
  readonly replyTo?: string;
  readonly placeholder?: boolean;
}

/** What each probe answers. */
export interface ProbeResults {
  readonly conversation: readonly InboxMessage[];
  /** Null: it does not know the number. */
  readonly connection: 'connected' | 'disconnected' | null;
  readonly contact: { readonly name: string } | null;
  readonly sync: { readonly history: SyncState; readonly contacts?: SyncState };
}

export const syncStates = ['none', 'requested', 'running', 'complete', 'declined'] as const;
export type SyncState = (typeof syncStates)[number];

/** Either what the probe answered, or what is wrong with it. */
export type Checked<T> =
  { readonly kind: 'right'; readonly result: T } | { readonly kind: 'wrong'; readonly reason: string };

const authors = ['customer', 'phone', 'bot', 'agent'];

/** Messages in the order of the inbox. A single object is a list of one: JSONata unwraps those. */
export function checkConversation(value: unknown): Checked<ProbeResults['conversation']> {
  const list =
    value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
  const messages: InboxMessage[] = [];
  for (const [index, item] of list.entries()) {
    const message = readMessage(item);
    if (typeof message === 'string') return wrong(`message ${index} of the conversation ${message}`);
    messages.push(message);
  }
  return right(messages);
}

function readMessage(item: unknown): InboxMessage | string {
  if (!isRecord(item)) return 'is no object';
  const { id, author, text, timestamp, status, edited, deleted, error, replyTo, placeholder } = item;
  if (typeof id !== 'string' || id === '') return 'has no “id”';
  if (typeof author !== 'string' || !authors.includes(author))
    return `has the author ${JSON.stringify(author)}, which is none of ${authors.join(', ')}`;
  return {
    id,
    author: author as InboxMessage['author'],
    ...(typeof text === 'string' && { text }),
    ...((typeof timestamp === 'string' || typeof timestamp === 'number') && { timestamp }),
    ...(typeof status === 'string' && { status }),
    ...(typeof edited === 'boolean' && { edited }),
    ...(typeof deleted === 'boolean' && { deleted }),
    ...(typeof error === 'number' && { error }),
    ...(typeof replyTo === 'string' && { replyTo }),
    ...(typeof placeholder === 'boolean' && { placeholder }),
  };
}

export function checkConnection(value: unknown): Checked<ProbeResults['connection']> {
  if (value === null || value === undefined) return right(null);
  return value === 'connected' || value === 'disconnected'
    ? right(value)
    : wrong(`it must be "connected", "disconnected" or null, and is ${show(value)}`);
}

export function checkContact(value: unknown): Checked<ProbeResults['contact']> {
  if (value === null || value === undefined) return right(null);
  if (isRecord(value) && typeof value['name'] === 'string') return right({ name: value['name'] });
  return wrong(`it must be {"name": …} or null, and is ${show(value)}`);
}

export function checkSync(value: unknown): Checked<ProbeResults['sync']> {
  if (!isRecord(value)) return wrong(`it must be an object with “history”, and is ${show(value)}`);
  const { history, contacts } = value;
  if (!isSyncState(history))
    return wrong(`“history” must be one of ${syncStates.join(', ')}, and is ${show(history)}`);
  if (contacts === undefined) return right({ history });
  return isSyncState(contacts)
    ? right({ history, contacts })
    : wrong(`“contacts” must be one of ${syncStates.join(', ')}, and is ${show(contacts)}`);
}

const isSyncState = (value: unknown): value is SyncState => syncStates.some((state) => state === value);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const right = <T>(result: T): Checked<T> => ({ kind: 'right', result });
const wrong = (reason: string): Checked<never> => ({ kind: 'wrong', reason });

/** Longest foreign value shown in a reason. */
const maxShown = 200;
const show = (value: unknown): string =>
  (value === undefined ? 'nothing' : JSON.stringify(value)).slice(0, maxShown);
