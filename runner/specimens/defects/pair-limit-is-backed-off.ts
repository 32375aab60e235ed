/**
 * Hammers one customer.
 *
 * Defect: 131056, the limit of a pair, is repeated at once.
 *
 * Warned of on Meta's throughput page.
 */
import { conduct } from '../conforming/conduct.ts';
import type { Defect } from '../defect.ts';

const atOnce = (attempt: number): number | undefined => (attempt < 3 ? 0 : undefined);

export const defect: Defect = {
  conduct: {
    retryWaitMs: (code, ...rest) => (code === 131056 ? atOnce(rest[0]) : conduct.retryWaitMs(code, ...rest)),
  },
};
