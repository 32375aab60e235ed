/**
 * Sends again what got no answer.
 *
 * Defect: a time-out or a broken connection is taken for a failure, and the message is sent once more.
 *
 * No report names a system; it is what HTTP clients with a retry option do.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    repeatsLost: (attempt) => attempt === 0,
  },
};
