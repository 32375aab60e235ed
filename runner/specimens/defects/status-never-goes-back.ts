/**
 * Believes the last status that arrived.
 *
 * Defect: statuses overwrite one another in the order of arrival.
 *
 * Seen in https://github.com/chatwoot/chatwoot/issues/14529 and https://github.com/djdang3r/whatsapp-api-manager/pull/102
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    changeByStatus: ({ set }) => ({ if: {}, set }),
  },
};
