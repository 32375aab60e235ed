/** Webhooks that came more than once: a fault before the first, or the first once more. Pure. */
import type { Item } from './changes.ts';
import { durationText, step, type Draft } from './draft.ts';

/** Fields whose copies are told by the id of a message. */
const ofMessages = ['messages', 'smb_message_echoes'];

export interface Copies {
  /** Before an item that comes again: the fault that sends its copies. */
  announce(item: Item): void;
  /**
   * A copy: how late it is becomes part of the fault.
   *
   * @returns false for what only looks like one: of an account the same may be told twice within a second
   */
  take(item: Item, original: Item): boolean;
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
      } else if (item.field === 'history' || item.value['statuses'] !== undefined) {
        // Chunks and statuses come as the simulator sends them.
        draft.leaveOut(`${item.field}: the same once more`);
      } else if (newest.get(item.field) === original) {
        draft.act(step('webhooks.redeliver', { field: item.field }), told);
      } else {
        return false;
      }
      return true;
    },
  };
}
