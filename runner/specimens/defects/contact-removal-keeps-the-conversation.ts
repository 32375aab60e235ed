/**
 * Deletes the customer with the contact.
 *
 * Defect: `remove` removes the record, and the conversation hangs on it.
 *
 * Warned of by the reference of the field; handled in https://github.com/chatwoot/chatwoot/pull/14025
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    onContactRemoved: (forget) => forget(),
  },
};
