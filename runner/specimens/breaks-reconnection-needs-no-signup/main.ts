/**
 * Waits for a signup after a change of phone.
 *
 * Defect: the return of a number is taken for a new onboarding; both syncs are asked for again, and until then the number
 * counts as disconnected.
 *
 * One provider opens such a cycle; Meta's page says that nothing is to be done.
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  onReconnected: (ask) => {
    ask('smb_app_state_sync');
    ask('history');
    return 'offboarded';
  },
  mayAskForSync: () => true,
});
