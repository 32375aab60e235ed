/**
 * Deletes what belongs to a lost number.
 *
 * Defect: a disconnection removes the channel, and with it the conversations.
 *
 * Seen in https://github.com/sarrazola/openlivery/pull/79
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    onDisconnected: (forget) => forget(),
  },
};
