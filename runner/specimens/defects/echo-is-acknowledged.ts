/**
 * Answers 500 to every echo.
 *
 * Defect: `messages[0]` of every webhook is read; an echo has none, and throws after the work is done.
 *
 * Seen in https://github.com/evolution-foundation/evolution-api/pull/2514
 */
import { changesOf } from '../conforming/wire.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    answerTo: (webhook) => {
      const changes = changesOf(webhook);
      return changes.some((change) => change.field === 'smb_message_echoes') ? 500 : 200;
    },
  },
};
