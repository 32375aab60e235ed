/**
 * Never asks for the address book.
 *
 * Defect: the contacts wait for a click of the operator, and after 24 hours they cannot be had any more.
 *
 * Described in provider handbooks as "sync deadline expired".
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    syncsAfterSignup: () => ['history'],
  },
};
