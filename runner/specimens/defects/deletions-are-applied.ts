/**
 * Shows what was taken back.
 *
 * Defect: `revoke` is acknowledged and dropped.
 *
 * Seen in https://github.com/david-lev/pywa/pull/186
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    applies: (type) => type !== 'revoke',
  },
};
