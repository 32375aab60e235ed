/**
 * Sends what it had prepared, whoever has spoken since.
 *
 * Defect: who has the word is looked at before the first attempt alone; what waits for its turn goes out behind the owner's
 * reply.
 *
 * Seen in https://github.com/sarrazola/openlivery/pull/73 and https://github.com/sarrazola/openlivery/pull/28
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    isStillWanted: (isWanted, attempt) => attempt > 0 || isWanted(),
  },
};
