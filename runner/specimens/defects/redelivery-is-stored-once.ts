/**
 * Stores a redelivered message again.
 *
 * Defect: no unique key; a webhook that WhatsApp delivers twice leaves two messages in the conversation.
 *
 * Seen in https://github.com/chatwoot/chatwoot/issues/5433 and https://github.com/OCA/social/pull/1912
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    storesAgain: (origin) => origin === 'live',
  },
};
