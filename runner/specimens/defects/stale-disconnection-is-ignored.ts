/**
 * Believes the event that arrives last.
 *
 * Defect: `entry[].time` is not looked at; an offboarding from before the reconnection wins.
 *
 * Seen in https://github.com/sarrazola/openlivery/pull/79
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    isStale: () => false,
  },
};
