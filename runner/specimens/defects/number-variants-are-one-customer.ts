/**
 * Takes one Brazilian for two.
 *
 * Defect: numbers are compared as they come; with and without the ninth digit they differ.
 *
 * Seen in https://github.com/chatwoot/chatwoot/issues/13986 and https://github.com/chatwoot/chatwoot/pull/14657
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    oneNumber: (alias) => alias,
  },
};
