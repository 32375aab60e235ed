/**
 * Ignores the address book of the phone.
 *
 * Defect: `smb_app_state_sync` is acknowledged and dropped; customers stay numbers.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/15713
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    followsContacts: () => false,
  },
};
