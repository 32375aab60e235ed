/**
 * Writes freely at any time.
 *
 * Defect: nobody looks at when the customer last wrote; the send fails with 131047.
 *
 * Seen in https://github.com/shridarpatil/whatomate/issues/172
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    isWindowOpen: () => true,
  },
};
