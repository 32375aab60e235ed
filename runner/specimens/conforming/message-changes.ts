/** What changes a message that is already there: edits, deletions, reactions and statuses. */
import { show } from './content.ts';
import type { Author, Delivery, MessageChange } from './inbox-store.ts';
import { instantMs, type WireMessage, type WireStatus } from './wire.ts';

/** How far a message got; a status counts only if it is further. */
const ranks: Readonly<Record<string, number | undefined>> = {
  accepted: 0,
  sent: 1,
  delivered: 2,
  read: 3,
  played: 4,
};

/** @returns nothing for a message that stands for itself */
export function changeOf(
  message: WireMessage,
  by: Author,
): { readonly wamid: string; readonly change: MessageChange } | undefined {
  const original = message.edit?.original_message_id ?? message.revoke?.original_message_id;
  switch (message.type) {
    case 'edit':
      return original === undefined ? undefined : { wamid: original, change: editChange(message) };
    case 'revoke':
      return original === undefined
        ? undefined
        : { wamid: original, change: { if: {}, set: { deleted: true, text: '' } } };
    case 'reaction': {
      const wamid = message.reaction?.message_id;
      // Without an emoji the reaction was taken back.
      const set = { [`reactions.${by}`]: message.reaction?.emoji ?? '' };
      return wamid === undefined ? undefined : { wamid, change: { if: {}, set } };
    }
    default:
      return undefined;
  }
}

function editChange(message: WireMessage): MessageChange {
  const { kind, text } = show(message.edit?.message ?? {});
  const editedAtMs = instantMs(message.timestamp);
  return {
    if: { deleted: false, $or: [{ editedAtMs: { $exists: false } }, { editedAtMs: { $lte: editedAtMs } }] },
    set: { kind, text, edited: true, editedAtMs, placeholder: false },
  };
}

/** @returns nothing for a status that is not known */
export function statusChange(status: WireStatus): MessageChange | undefined {
  if (status.status === 'failed') {
    const error = status.errors?.[0];
    const title = error?.error_data?.details ?? error?.title ?? 'not delivered';
    return {
      if: { delivery: { $in: ['accepted', 'sent', 'unconfirmed'] } },
      set: { delivery: 'failed', failure: { code: error?.code ?? 0, title } },
    };
  }
  const rank = ranks[status.status ?? ''];
  if (rank === undefined) return undefined;
  const lower = Object.keys(ranks).filter((name) => (ranks[name] ?? 0) < rank);
  return { if: { delivery: { $in: [...lower, 'unconfirmed'] } }, set: { delivery: status.status } };
}

/** `history_context.status`, which shouts. */
export function deliveryOf(status: string | undefined): Delivery | undefined {
  const known: Readonly<Record<string, Delivery | undefined>> = {
    SENT: 'sent',
    DELIVERED: 'delivered',
    READ: 'read',
    PLAYED: 'played',
    ERROR: 'failed',
    PENDING: 'accepted',
  };
  return known[status ?? ''];
}
