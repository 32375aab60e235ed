/**
 * Drops an edit whose message is not there yet.
 *
 * Defect: an edit that finds nothing is forgotten.
 *
 * Webhooks overtake one another; see Meta's overview of webhooks.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    applies: (type, isKnown) => type !== 'edit' || isKnown,
  },
};
