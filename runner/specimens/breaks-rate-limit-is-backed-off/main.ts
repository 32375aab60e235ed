/**
 * Hammers when told to slow down.
 *
 * Defect: a send refused with 130429 is repeated at once, several times, and then given up.
 *
 * Warned of on Meta's throughput page.
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  retryWaitMs: (...refused) => (conduct.retryWaitMs(...refused) === undefined ? undefined : 0),
});
