/**
 * Shows what was taken back.
 *
 * Defect: `edit` and `revoke` are acknowledged and dropped.
 *
 * Seen in https://github.com/david-lev/pywa/pull/185
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    applies: (type) => type !== 'edit',
  },
};
