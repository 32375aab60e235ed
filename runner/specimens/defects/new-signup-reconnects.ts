/**
 * Remembers a removal for ever.
 *
 * Defect: a new signup updates the token and leaves the state as it was.
 *
 * Of the class of https://github.com/chatwoot/chatwoot/pull/13911, where a state from before outlives an authorisation.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    stateAfterSignup: (before) => before,
  },
};
