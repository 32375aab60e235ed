/**
 * Asks again after the owner declined.
 *
 * Defect: "history sharing is turned off" (2593109) is taken for an outage and the sync is asked for again.
 *
 * Warned of on Meta's page of the `history` webhook: a new request needs a new onboarding.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    onHistoryDeclined: (ask) => ask('history'),
    mayAskForSync: () => true,
  },
};
