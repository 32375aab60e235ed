/**
 * Lets an old name win.
 *
 * Defect: changes of the address book are applied in the order of arrival.
 *
 * Seen in https://github.com/sarrazola/openlivery/pull/73
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    isOutdated: () => false,
  },
};
