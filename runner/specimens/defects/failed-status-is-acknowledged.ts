/**
 * Answers 400 to the news that a message failed.
 *
 * Defect: the error of the message becomes the error of the webhook.
 *
 * Reproduced in a published flow-bot framework.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    answerTo: (webhook) => {
      const changes = webhook.entry?.flatMap((entry) => entry.changes ?? []) ?? [];
      const statuses = changes.flatMap((change) => change.value?.statuses ?? []);
      return statuses.some((status) => status.status === 'failed') ? 400 : 200;
    },
  },
};
