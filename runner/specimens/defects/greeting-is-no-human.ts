/**
 * Takes the app's greeting for a person.
 *
 * Defect: every echo hands the conversation over; after the automatic greeting the bot is silent.
 *
 * Recorded on coexistence numbers whose greeting message is on.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    isAutomatic: () => false,
  },
};
