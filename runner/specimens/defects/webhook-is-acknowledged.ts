/**
 * Answers 500 to a reaction.
 *
 * Defect: every message is believed to have content of its own; a thumbs-up has none, and something throws after the work
 * is done. WhatsApp delivers it again for days.
 *
 * Of the class of https://github.com/shridarpatil/frappe_whatsapp/issues/162, where one kind of message fails the webhook.
 */
import { changesOf } from '../conforming/wire.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    answerTo: (webhook) => {
      const changes = changesOf(webhook);
      const messages = changes.flatMap((change) => change.value?.messages ?? []);
      return messages.some((message) => message.type === 'reaction') ? 500 : 200;
    },
  },
};
