/**
 * Lets anybody subscribe its webhook.
 *
 * Defect: the challenge is echoed whatever the verify token.
 *
 * Seen in a widely used gateway, which answers 200 to a wrong token.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    isOurToken: () => true,
  },
};
