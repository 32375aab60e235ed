/**
 * Goes on sending for a lost number.
 *
 * Defect: the screen says "disconnected", but the sender does not look at it.
 *
 * Seen in https://github.com/sarrazola/openlivery/pull/79
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    maySend: () => true,
  },
};
