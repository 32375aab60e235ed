/**
 * Keeps one record of a customer for all businesses.
 *
 * Defect: customers are looked up by their number alone; who wrote to one shop first has one conversation for both.
 *
 * Seen as a class in inboxes that grew from one number to many.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    scopeOf: () => 'everybody',
  },
};
