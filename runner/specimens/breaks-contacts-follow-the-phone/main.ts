/**
 * Ignores the address book of the phone.
 *
 * Defect: `smb_app_state_sync` is acknowledged and dropped; customers stay numbers.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/15713
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  followsContacts: () => false,
});
