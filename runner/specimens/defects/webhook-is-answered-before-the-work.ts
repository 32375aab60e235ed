/**
 * Looks something up before it answers.
 *
 * Defect: the number's state is asked of Graph before the webhook is acknowledged; a slow Graph makes a slow webhook.
 *
 * Of the class of https://github.com/Neurotech-HQ/heyoo/issues/84, where the answer waits for a model.
 */
import { changesOf } from '../conforming/wire.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    beforeAnswer: async (webhook, look) => {
      const changes = changesOf(webhook);
      const inbound = changes.find((change) => change.value?.messages !== undefined);
      const id = inbound?.value?.metadata?.phone_number_id;
      if (inbound?.field === 'messages' && id !== undefined) await look(id);
    },
  },
};
