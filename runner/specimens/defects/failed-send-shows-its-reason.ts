/**
 * Says “failed” and no more.
 *
 * Defect: the status is stored without its errors.
 *
 * Seen in https://github.com/evolution-foundation/evolution-api/issues/2486
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    shownFailure: () => undefined,
  },
};
