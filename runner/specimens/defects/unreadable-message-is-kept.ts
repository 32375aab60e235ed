/**
 * Drops what it cannot read.
 *
 * Defect: a message without content is no message here.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/14547 and https://github.com/chatwoot/chatwoot/issues/13464
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    keepsInbound: (shown) => !shown.placeholder,
  },
};
