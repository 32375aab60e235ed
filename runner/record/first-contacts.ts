/** The first message of a chat comes twice: first as one that cannot be read, then as it is. Finds what belongs together. Pure. */
import type { Item, Moment } from './changes.ts';
import { fieldsIn } from './json.ts';

/** The API sees it before it can read it. */
const unavailable = 131_060;
/** Further apart they are two messages. */
const longestWaitMs = 120_000;

export interface FirstContacts {
  /** What came of an unreadable message. */
  readonly readableOf: ReadonlyMap<Moment, Item>;
  /** The unreadable message that one stands behind. */
  readonly behind: ReadonlyMap<Moment, Item>;
  /** How WhatsApp went on, as the scenario's `behaviour` says it; missing where there was no first contact. */
  readonly followUp?: 'new-wamid' | 'same-wamid' | 'never';
}

export function findFirstContacts(moments: readonly Moment[]): FirstContacts {
  const readableOf = new Map<Moment, Item>();
  const behind = new Map<Moment, Item>();
  const unreadable = moments.filter(isUnavailable);
  for (const item of unreadable) {
    const later = moments.slice(moments.indexOf(item) + 1);
    const readable = later.find(
      (one): one is Item => isReadable(one) && follows(one, item) && !behind.has(one),
    );
    if (!readable) continue;
    readableOf.set(item, readable);
    behind.set(readable, item);
  }
  const isSame = [...readableOf.values()].some(({ message }) =>
    unreadable.some((one) => one.message?.['id'] === message?.['id']),
  );
  if (unreadable.length === 0) return { readableOf, behind };
  return {
    readableOf,
    behind,
    followUp: readableOf.size === 0 ? 'never' : isSame ? 'same-wamid' : 'new-wamid',
  };
}

export const isUnavailable = (moment: Moment): moment is Item =>
  moment.kind === 'item' &&
  moment.field === 'messages' &&
  !moment.copyOf &&
  moment.message?.['type'] === 'unsupported' &&
  fieldsIn(moment.message['errors']).some(({ code }) => code === unavailable);

const isReadable = (moment: Moment): moment is Item =>
  moment.kind === 'item' &&
  moment.field === 'messages' &&
  !moment.copyOf &&
  moment.message !== undefined &&
  moment.message['type'] !== 'unsupported';

const follows = ({ message, atMs }: Item, before: Item): boolean =>
  atMs - before.atMs <= longestWaitMs &&
  (['from', 'from_user_id'] as const).some(
    (key) => message?.[key] !== undefined && message[key] === before.message?.[key],
  );
