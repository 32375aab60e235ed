/**
 * Requires a business-scoped user id.
 *
 * Defect: the type says that `from_user_id` is always there, and so the code believes; older shapes have none.
 *
 * Seen in current SDKs.
 */
import { changesOf } from '../conforming/wire.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    answerTo: (webhook) => {
      const changes = changesOf(webhook);
      const messages = changes
        .filter((change) => change.field === 'messages')
        .flatMap((change) => change.value?.messages ?? []);
      return messages.every((message) => message.from_user_id !== undefined) ? 200 : 500;
    },
  },
};
