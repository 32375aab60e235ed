/**
 * Is deaf while it imports.
 *
 * Defect: as long as the import has not reached 100 per cent, live messages are stored and not answered.
 *
 * Seen in https://github.com/fazer-ai/chatwoot/issues/407
 */
import { conduct } from '../conforming/conduct.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    shouldAnswer: (situation) => conduct.shouldAnswer(situation) && !situation.importIsRunning,
  },
};
