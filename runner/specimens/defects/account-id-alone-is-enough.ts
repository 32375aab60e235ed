/**
 * Requires the number's id of the event.
 *
 * Defect: `phone_number_id` is read of every signup; the coexistence flow does not give it.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/15462 and https://github.com/novuhq/novu/pull/11591
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    understands: (event) => event.data?.phone_number_id !== undefined,
  },
  collateral: {
    'new-signup-reconnects': 'no signup connects anything',
    'app-is-subscribed-to-the-account': 'the signup ends before anything is subscribed',
    'sync-is-requested-within-a-day': 'the signup ends before the syncs are asked for',
  },
};
