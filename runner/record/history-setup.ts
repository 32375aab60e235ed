/** What the phone held, counted from the chunks that told it: the `history` of the scenario's top. Pure. */
import type { Item, Moment } from './changes.ts';
import { fieldsIn, fieldsOf, textOf, type Fields } from './json.ts';

const daySeconds = 86_400;
/** WhatsApp shares no more. */
const mostDays = 180;
/** So many people of the past become customers by name; the others are made up. */
const mostPeople = 50;

/** What becomes of an accepted request in the simulator: a first chunk, one after the other, then the files. */
const [chunkMs, fileMs] = [2_000, 200];
/** From the request to the first chunk, in a replay. */
export const firstChunkMs = 5_000;

export interface PastChats {
  /** For the scenario's top; missing where no history came. */
  readonly history?: Fields;
  /** Numbers or user ids of those whose chats they are, redacted. */
  readonly people: readonly string[];
  /** From the request to the last of it, in a replay. */
  readonly takesMs: number;
  readonly last?: Item;
  /** Ids of files that were told as echoes of the past. */
  readonly echoed: ReadonlySet<unknown>;
}

export function findPastChats(moments: readonly Moment[]): PastChats {
  const items = moments.filter((one): one is Item => one.kind === 'item' && one.field === 'history');
  const chunks = items.flatMap(({ value }) => fieldsIn(value['history']));
  const last = items.at(-1);
  if (!last) return { people: [], takesMs: 0, echoed: new Set() };
  const isDeclined = chunks.some((chunk) => fieldsIn(chunk['errors']).length > 0);
  const messages = new Map<unknown, Fields>();
  const people = new Set<string>();
  for (const thread of chunks.flatMap((chunk) => fieldsIn(chunk['threads']))) {
    people.add(textOf(thread['id']) ?? textOf(fieldsOf(thread['context'])['user_id']) ?? '');
    for (const message of fieldsIn(thread['messages'])) messages.set(message['id'], message);
  }
  const files = [...messages.values()].filter(({ type }) => type === 'media_placeholder').length;
  const echoed = new Set(
    moments.flatMap((one) =>
      one.kind === 'item' && one.field === 'smb_message_echoes' && messages.has(one.message?.['id'])
        ? [one.message?.['id']]
        : [],
    ),
  );
  const takesMs = firstChunkMs + chunkMs * items.length + fileMs * files + chunkMs;
  const sharing = isDeclined ? { sharing: 'declined' } : {};
  if (messages.size === 0) return { history: sharing, people: [], takesMs, last, echoed };
  return {
    history: {
      messages: messages.size,
      threads: Math.max(1, people.size),
      days: daysOf([...messages.values()], items[0]?.atMs ?? 0),
      ...(files > 0 && { mediaPerMille: Math.round((files * 1_000) / messages.size) }),
      ...sharing,
    },
    people: [...people].slice(0, mostPeople),
    takesMs,
    last,
    echoed,
  };
}

function daysOf(messages: readonly Fields[], atMs: number): number {
  const oldest = messages.reduce(
    (least, { timestamp }) => Math.min(least, Number(timestamp) || Infinity),
    Infinity,
  );
  const days = Math.ceil((atMs / 1_000 - oldest) / daySeconds);
  return Math.min(Math.max(Number.isFinite(days) ? days : 1, 1), mostDays);
}
