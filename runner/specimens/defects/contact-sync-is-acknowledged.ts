/**
 * Answers 500 where a contact is removed.
 *
 * Defect: the name is read of every change of the address book; a removal has none.
 *
 * Warned of by Meta's reference of the field; handled in https://github.com/chatwoot/chatwoot/pull/14025
 */
import { changesOf } from '../conforming/wire.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    answerTo: (webhook) => {
      const changes = changesOf(webhook);
      const contacts = changes.flatMap((change) => change.value?.state_sync ?? []);
      return contacts.some((contact) => contact.action === 'remove') ? 500 : 200;
    },
  },
};
