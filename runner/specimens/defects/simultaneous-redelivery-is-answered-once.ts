/**
 * Notes that it has answered when it has answered.
 *
 * Defect: looks first, writes later; two deliveries that come together both find nothing.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/13523 and https://github.com/rmyndharis/OpenWA/issues/464
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    remembersAtOnce: () => false,
  },
};
