/**
 * Imports a repeated chunk again.
 *
 * Defect: chunks are believed to come once and not to overlap with what is there.
 *
 * Seen in https://github.com/fazer-ai/chatwoot/pull/415
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    storesAgain: (origin) => origin === 'history',
  },
};
