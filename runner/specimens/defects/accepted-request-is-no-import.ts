/**
 * Shows a request as an import.
 *
 * Defect: a 200 with a request id is taken for the history itself.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/15713
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    stateOfRequest: () => 'complete',
  },
};
