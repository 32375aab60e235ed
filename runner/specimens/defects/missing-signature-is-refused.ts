/**
 * Checks the signature where there is one.
 *
 * Defect: `if (header) verify(header)`; whoever leaves the header out is believed.
 *
 * Of the class of https://github.com/qhkm/zeptoclaw/issues/317
 */
import { conduct } from '../conforming/conduct.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    isSignedByMeta: (body, header, appSecret) =>
      header === undefined || conduct.isSignedByMeta(body, header, appSecret),
  },
};
