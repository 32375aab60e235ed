/**
 * Never fills the places of old pictures.
 *
 * Defect: the second half of a history, the contents of media, is acknowledged and dropped.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/15713
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    fillsPlaceholders: () => false,
  },
};
