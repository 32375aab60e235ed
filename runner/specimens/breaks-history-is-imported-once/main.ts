/**
 * Imports a repeated chunk again.
 *
 * Defect: chunks are believed to come once and not to overlap with what is there.
 *
 * Seen in https://github.com/fazer-ai/chatwoot/pull/415
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  storesAgain: (origin) => origin === 'history',
});
