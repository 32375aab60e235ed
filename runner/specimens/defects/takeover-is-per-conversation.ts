/**
 * Is silenced for everybody at once.
 *
 * Defect: one reply from the phone pauses the bot for the whole number.
 *
 * Seen in https://github.com/HKUDS/nanobot/issues/3322
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    whoIsTakenOver: (_customer, all) => all,
  },
};
