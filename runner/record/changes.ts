/** Webhooks taken apart: each message, echo, status or other change by itself, and those that came before told as such. Pure. */
import { fieldsIn, fieldsOf, textOf, type Fields } from './json.ts';
import { changesOf } from './meet.ts';
import { isAccepted, type Recorded, type RecordedCall, type RecordedWebhook } from './recording.ts';

/** One thing that a webhook tells. */
export interface Item {
  readonly kind: 'item';
  readonly atMs: number;
  readonly field: string;
  /** Of the change's entry: the account, or the partner's portfolio. */
  readonly entryId?: string;
  /** The change's value; of several messages in one, with this message alone. */
  readonly value: Fields;
  /** The message or echo that it is about, where it is about one. */
  readonly message?: Fields;
  /** The system answered with a 200-class status. */
  readonly accepted: boolean;
  /** By whose clock it happened, milliseconds since the epoch; missing where nothing tells. */
  readonly sentAtMs?: number;
  /** How often it comes again later. */
  readonly copies: number;
  /** The item that it is a copy of. */
  readonly copyOf?: Item;
}

export type Moment = Item | RecordedCall;

type Draft = { -readonly [Key in keyof Item]: Item[Key] };

/** @returns what happened, one by one; webhooks that never reached the system are left out, since they came again */
export function momentsOf(recorded: readonly Recorded[]): readonly Moment[] {
  const first = new Map<string, Draft>();
  return recorded.flatMap((one): readonly Moment[] => {
    if (one.kind === 'call') return [one];
    if (one.status === undefined) return [];
    return itemsOf(one).map(({ item, identity }) => {
      const original = first.get(identity);
      if (!original) {
        first.set(identity, item);
        return item;
      }
      original.copies += 1;
      return { ...item, copyOf: original };
    });
  });
}

interface Found {
  readonly item: Draft;
  /** The same for one that is delivered again. */
  readonly identity: string;
}

function itemsOf(webhook: RecordedWebhook): readonly Found[] {
  return changesOf(webhook.body).flatMap(({ entry, change }): readonly Found[] => {
    const field = textOf(change['field']) ?? '';
    const value = fieldsOf(change['value']);
    const entryId = textOf(entry['id']);
    const base = {
      kind: 'item',
      atMs: webhook.atMs,
      field,
      accepted: isAccepted(webhook.status),
      copies: 0,
      ...(entryId !== undefined && { entryId }),
    } as const;
    const key = listOf[field];
    const messages = key === undefined ? [] : fieldsIn(value[key]);
    if (key !== undefined && messages.length > 0)
      return messages.map((message) => ({
        item: { ...base, value: { ...value, [key]: [message] }, message, ...sentAt(message['timestamp']) },
        identity: `${field} ${String(message['id'])} ${String(message['type'])}`,
      }));
    const told = sentAt(entry['time'] ?? timestampIn(field, value));
    return [
      { item: { ...base, value, ...told }, identity: `${field} ${JSON.stringify([entry['time'], value])}` },
    ];
  });
}

/** Fields whose values list messages, and where. */
const listOf: Readonly<Record<string, string>> = {
  messages: 'messages',
  smb_message_echoes: 'message_echoes',
};

/** The past has times of its own. */
const timestampIn = (field: string, value: Fields): unknown =>
  field === 'messages'
    ? fieldsIn(value['statuses'])[0]?.['timestamp']
    : field === 'smb_app_state_sync'
      ? fieldsOf(fieldsIn(value['state_sync'])[0]?.['metadata'])['timestamp']
      : undefined;

/** Seconds, or milliseconds where there are too many digits for them. */
function sentAt(timestamp: unknown): Pick<Item, 'sentAtMs'> {
  const figure = Number(timestamp);
  if (!Number.isInteger(figure) || figure < 1e9) return {};
  return { sentAtMs: figure < 1e12 ? figure * 1_000 : figure };
}
