/**
 * Answers 500 to a status whose message it cannot find.
 *
 * Defect: the message is looked up and used without a look at whether there is one.
 *
 * Seen in https://github.com/shridarpatil/frappe_whatsapp/pull/252
 */
import { changesOf } from '../conforming/wire.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    answerTo: (webhook, isOurs) => {
      const changes = changesOf(webhook);
      const statuses = changes.flatMap((change) => change.value?.statuses ?? []);
      // One that failed is another obligation's.
      const looked = statuses.filter((status) => status.status !== 'failed');
      return looked.every((status) => isOurs(status.id ?? '')) ? 200 : 500;
    },
  },
};
