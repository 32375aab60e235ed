/**
 * Waits for files that never come.
 *
 * Defect: an import is complete when each placeholder has its file; those of media older than 14 days stay empty.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/15713
 */
import { conduct } from '../conforming/conduct.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    isImportComplete: (sync) => conduct.isImportComplete(sync) && (sync.missingFiles ?? 0) === 0,
  },
};
