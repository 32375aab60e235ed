/**
 * Asks for the history twice.
 *
 * Defect: a retry that does not know that each sync may be asked for once per onboarding.
 *
 * Seen in https://github.com/chatwoot/chatwoot/issues/12469, where the phone stopped working after repeated attempts.
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  syncsAfterSignup: () => ['smb_app_state_sync', 'history', 'history'],
  mayAskForSync: () => true,
});
