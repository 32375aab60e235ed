/**
 * Drops statuses of what it has not stored yet.
 *
 * Defect: the webhook overtakes the answer of the send; nothing by that id is there, and the status is forgotten.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/12032 and https://github.com/hexabot-ai/Hexabot/issues/746
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    keepsStatus: (isKnown) => isKnown,
  },
};
