/**
 * Loses what a reply quotes.
 *
 * Defect: `context` is not stored.
 *
 * Seen in https://github.com/chatwoot/chatwoot/issues/15325
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    keepsQuote: () => false,
  },
};
