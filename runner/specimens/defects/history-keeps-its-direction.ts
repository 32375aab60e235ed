/**
 * Puts the business's old words into the customer's mouth.
 *
 * Defect: the direction is taken from the thread, which is the customer's, and not from the message.
 *
 * Warned of on Meta's page of the `history` webhook: `from` may be either side.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    directionOf: () => 'from-customer',
  },
};
