/**
 * Begins anew after a change of phone.
 *
 * Defect: the return of a number is taken for a new onboarding; both syncs are asked for again.
 *
 * One provider opens such a cycle; Meta's page says that nothing is to be done.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    onReconnected: (ask) => {
      ask('smb_app_state_sync');
      ask('history');
    },
    mayAskForSync: () => true,
  },
};
