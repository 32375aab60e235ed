/**
 * Dates the past today.
 *
 * Defect: imported messages get the time of their import.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/15713
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    instantOfPast: () => Date.now(),
  },
};
