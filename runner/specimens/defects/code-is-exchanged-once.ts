/**
 * Exchanges a code twice.
 *
 * Defect: the page hands the code over, and the redirect does so again; the second exchange fails, which nobody looks at.
 *
 * No report names a system; the code works once.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    exchangesAgain: () => true,
  },
};
