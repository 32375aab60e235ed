/**
 * Loses today's messages while it imports yesterday's.
 *
 * Defect: the number is locked during the import; what comes live meanwhile is acknowledged and dropped.
 *
 * Of the class of https://github.com/chatwoot/chatwoot/issues/13556, where live messages queue behind bulk work.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    keepsInbound: (_shown, around) => !around.importIsRunning,
  },
};
