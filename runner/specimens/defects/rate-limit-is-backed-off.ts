/**
 * Hammers when told to slow down.
 *
 * Defect: a send refused with 130429 is repeated at once, several times, and then given up.
 *
 * Warned of on Meta's throughput page.
 */
import { conduct } from '../conforming/conduct.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    retryWaitMs: (code, ...rest) => {
      const waitMs = conduct.retryWaitMs(code, ...rest);
      return code === 130429 && waitMs !== undefined ? 0 : waitMs;
    },
  },
};
