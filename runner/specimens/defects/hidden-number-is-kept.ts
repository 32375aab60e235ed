/**
 * Keeps nothing of customers without a number.
 *
 * Defect: the bot knows user ids, the store wants a number and drops what has none.
 *
 * Seen in https://github.com/nyaruka/courier/pull/1094 and https://github.com/dimagi/open-chat-studio/issues/3322
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    keepsInbound: (_shown, around) => !around.isHidden,
  },
};
