/**
 * Exchanges the code when it gets round to it.
 *
 * Defect: the page is answered at once, and the signup waits on a queue; the code lives 30 seconds.
 *
 * No report names a system; Meta's page warns of the time.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    beforeSignup: async (response) => {
      response.status(202).json({ numbers: [] });
      await pause(300);
    },
  },
};
