/** Webhooks that came more than once: a fault before the first, or the first once more. Pure. */
import type { Item } from './changes.ts';
import { durationText, step, type Draft } from './draft.ts';

/** Fields whose copies are told by the id of a message. */
const ofMessages = ['messages', 'smb_message_echoes'];

export interface Copies {
  /** Before an item that comes again: the fault that sends its copies. */
  announce(item: Item): void;
  /** A copy: how late it is becomes part of the fault. */
  take(item: Item, original: Item): void;
}

interface Fault {
  readonly argument: Record<string, unknown>;
  readonly atMs: number;
}

export function createCopies(draft: Draft): Copies {
  const faults = new Map<Item, Fault[]>();
  const newest = new Map<string, Item>();
  return {
    announce(item) {
      newest.set(item.field, item);
      if (item.copies === 0 || !ofMessages.includes(item.field) || item.message === undefined) return;
      const announced = Array.from({ length: item.copies }, (): Fault => {
        const argument: Record<string, unknown> = { rule: 'duplicate', field: item.field };
        draft.act({ 'webhooks.fault': argument });
        return { argument, atMs: draft.passedMs };
      });
      faults.set(item, announced);
    },
    take(item, original) {
      const fault = faults.get(original)?.shift();
      const told = { field: item.field, accepted: item.accepted };
      if (fault) {
        const byMs = draft.passedMs - fault.atMs;
        if (byMs > 0) fault.argument['by'] = durationText(byMs);
        draft.tell(told);
        return;
      }
      // Its step had none: statuses and chunks of the history come as the simulator sends them.
      if (item.field === 'history' || item.value['statuses'] !== undefined) {
        draft.leaveOut(`${item.field}: the same once more`);
        return;
      }
      if (newest.get(item.field) !== original) {
        draft.leaveOut(`${item.field}: an older one once more`);
        return;
      }
      draft.act(step('webhooks.redeliver', { field: item.field }), told);
    },
  };
}
