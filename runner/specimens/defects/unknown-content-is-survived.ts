/**
 * Answers 500 to what it does not know.
 *
 * Defect: a closed list of message types; anything else throws before the webhook is answered, so WhatsApp sends it again
 * for days.
 *
 * Seen in https://github.com/shridarpatil/frappe_whatsapp/issues/162 and https://github.com/zammad/zammad/issues/5439
 */
import { changesOf } from '../conforming/wire.ts';
import type { Defect } from '../defect.ts';

const known = [
  ...[
    'text',
    'image',
    'video',
    'audio',
    'document',
    'sticker',
    'location',
    'contacts',
    'button',
    'interactive',
  ],
  ...['order', 'system', 'reaction', 'edit', 'revoke'],
];

export const defect: Defect = {
  conduct: {
    answerTo: (webhook) => {
      const changes = changesOf(webhook);
      const messages = changes.flatMap((change) => change.value?.messages ?? []);
      return messages.every((message) => known.includes(message.type ?? '')) ? 200 : 500;
    },
  },
};
