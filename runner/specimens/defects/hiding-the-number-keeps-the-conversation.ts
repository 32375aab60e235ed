/**
 * Forgets who somebody is when the number is hidden.
 *
 * Defect: where there is a number the user id is not stored, so that the user id alone is a stranger.
 *
 * Seen in https://github.com/ChatbotXIO/ChatbotX/pull/965 and https://github.com/chatwoot/chatwoot/issues/15586
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    knownBy: (person) => (person.waId === undefined ? person : { waId: person.waId }),
  },
};
