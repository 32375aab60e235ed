/**
 * Is stuck after a message that it cannot handle.
 *
 * Defect: the queue of the number stops at the first message that throws, and nothing comes past it.
 *
 * Seen in https://github.com/zammad/zammad/issues/5439
 */
import type { Defect } from '../defect.ts';

const stuck = new Set<string>();

export const defect: Defect = {
  conduct: {
    keepsInbound: (shown, { phoneNumberId }) => {
      if (stuck.has(phoneNumberId)) return false;
      if (shown.kind === 'unsupported') stuck.add(phoneNumberId);
      return true;
    },
  },
};
