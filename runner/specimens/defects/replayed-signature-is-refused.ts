/**
 * Remembers signatures that were good.
 *
 * Defect: a cache of checked signatures, meant to save work on redeliveries, does not look at the body any more.
 *
 * No report names a system; the cache is what a review of a slow webhook suggests.
 */
import { conduct } from '../conforming/conduct.ts';
import type { Defect } from '../defect.ts';

const good = new Set<string>();

export const defect: Defect = {
  conduct: {
    isSignedByMeta: (body, header, appSecret) => {
      if (header !== undefined && good.has(header)) return true;
      const isGood = conduct.isSignedByMeta(body, header, appSecret);
      if (isGood && header !== undefined) good.add(header);
      return isGood;
    },
  },
};
