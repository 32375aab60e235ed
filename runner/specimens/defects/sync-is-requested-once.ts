/**
 * Asks for the history twice.
 *
 * Defect: a retry that does not know that each sync may be asked for once per onboarding.
 *
 * Seen in https://github.com/chatwoot/chatwoot/issues/12469, where the phone stopped working after repeated attempts.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    syncsAfterSignup: () => ['smb_app_state_sync', 'history', 'history'],
    mayAskForSync: () => true,
  },
};
