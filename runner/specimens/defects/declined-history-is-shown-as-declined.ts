/**
 * Shows the owner's choice as a failure.
 *
 * Defect: error 2593109 is an error like any other.
 *
 * Warned of on Meta's page of the `history` webhook.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    shownSync: (state) => (state === 'declined' ? 'failed' : state),
  },
};
