/**
 * Gives up when told to slow down.
 *
 * Defect: every refusal is final, that for speed included.
 *
 * Of the class of silent losses under load.
 */
import { conduct } from '../conforming/conduct.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    retryWaitMs: (code, ...rest) => (code === 130429 ? undefined : conduct.retryWaitMs(code, ...rest)),
  },
};
