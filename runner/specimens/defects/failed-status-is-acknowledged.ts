/**
 * Answers 400 to the news that a message failed.
 *
 * Defect: the error of the message becomes the error of the webhook.
 *
 * Reproduced in a published flow-bot framework.
 */
import { changesOf } from '../conforming/wire.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    answerTo: (webhook) => {
      const changes = changesOf(webhook);
      const statuses = changes.flatMap((change) => change.value?.statuses ?? []);
      return statuses.some((status) => status.status === 'failed') ? 400 : 200;
    },
  },
};
