/**
 * Refuses and obeys.
 *
 * Defect: a wrong signature is answered 401, and the body has been handed on before.
 *
 * Of the class of https://github.com/tawn33y/whatsapp-cloud-api/issues/60
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    heedsForged: () => true,
  },
};
