/**
 * Answers 500 to a history.
 *
 * Defect: `contacts[0]` of every webhook is read; those of a history have none.
 *
 * Reproduced with whatsapp-business 1.7.2.
 */
import { changesOf } from '../conforming/wire.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    answerTo: (webhook) => {
      const changes = changesOf(webhook);
      return changes.some((change) => change.field === 'history') ? 500 : 200;
    },
  },
};
