/**
 * Answers 500 where no number is named.
 *
 * Defect: `value.metadata.phone_number_id` is read of every webhook; what is about an account has none, and throws after the
 * work is done.
 *
 * Reproduced with whatsapp-api-js 6.3.0.
 */
import { changesOf } from '../conforming/wire.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    answerTo: (webhook) => {
      const changes = changesOf(webhook);
      return changes.every((change) => change.value?.metadata !== undefined) ? 200 : 500;
    },
  },
};
