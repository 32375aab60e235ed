/**
 * Goes on after a cancel.
 *
 * Defect: the code of the popup is not looked at; “undefined” is exchanged.
 *
 * Of the class of session events that only know FINISH; seen in tutorials that read `authResponse.code` without a check.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    codeOfCancelled: () => 'undefined',
  },
};
