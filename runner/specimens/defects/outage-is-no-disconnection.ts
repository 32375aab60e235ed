/**
 * Takes a bad minute for the end.
 *
 * Defect: any error of Graph marks the account as lost.
 *
 * Seen in https://github.com/sarrazola/openlivery/pull/79 and https://github.com/chatwoot/chatwoot/pull/15200
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    onOutage: (account) => {
      account.state = 'removed';
    },
  },
};
