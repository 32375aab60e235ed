/**
 * Apologises for what did not arrive.
 *
 * Defect: a status that says `failed` is answered with a message to the same customer.
 *
 * Of the class of https://github.com/nanocoai/nanoclaw/issues/273, where the bot talks to itself.
 */
import type { Defect } from '../defect.ts';

/** Once each: the apology fails as well. */
const written = new Set<string>();

export const defect: Defect = {
  conduct: {
    onStatus: (status, welcome) => {
      if (status.status !== 'failed' || status.recipient_id === undefined) return;
      if (written.has(status.recipient_id)) return;
      written.add(status.recipient_id);
      welcome({ waId: status.recipient_id });
    },
  },
};
