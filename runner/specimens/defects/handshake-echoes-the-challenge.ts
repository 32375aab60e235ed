/**
 * Answers the verification with JSON.
 *
 * Defect: the challenge comes back inside an object, as everything else that the framework sends; Meta compares the whole body.
 *
 * Of the class of https://github.com/elizaOS/eliza/issues/17823
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    shownChallenge: (challenge) => JSON.stringify({ challenge }),
  },
};
