/**
 * Shows a failed message as sent.
 *
 * Defect: the 200 of the send is taken for delivery, and the `failed` status is only counted.
 *
 * Seen in https://github.com/NousResearch/hermes-agent/issues/80056 and https://github.com/bettersg/checkMate/issues/174
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    shownDelivery: (delivery) => (delivery === 'failed' ? 'sent' : delivery),
  },
};
