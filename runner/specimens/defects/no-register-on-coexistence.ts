/**
 * Registers a number that the phone has registered.
 *
 * Defect: `register` with a PIN, as for a number without a phone.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/15462 and https://github.com/chatwoot/chatwoot/pull/12149
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    registersNumber: () => true,
  },
};
