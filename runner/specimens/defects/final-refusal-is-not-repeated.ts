/**
 * Repeats whatever was refused.
 *
 * Defect: one retry for all codes; what can never work is tried four times.
 *
 * Warned of on Meta's page of error codes.
 */
import { conduct } from '../conforming/conduct.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    retryWaitMs: (_code, ...rest) => conduct.retryWaitMs(130429, ...rest),
  },
};
