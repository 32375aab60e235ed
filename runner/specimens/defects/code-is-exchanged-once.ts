/**
 * Exchanges a code twice.
 *
 * Defect: each time the page hands a code over is taken for a signup of its own; the second exchange is refused, and the
 * owner sees an error for a signup that went well.
 *
 * No report names a system; the code works once.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    exchangesAgain: () => true,
  },
};
