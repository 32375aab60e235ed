/**
 * Loses what is written to customers without a number.
 *
 * Defect: an echo without `to` is dropped.
 *
 * Of the class of https://github.com/shridarpatil/whatomate/issues/531, on the business's side.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    keepsEcho: (to) => to.waId !== undefined,
  },
};
