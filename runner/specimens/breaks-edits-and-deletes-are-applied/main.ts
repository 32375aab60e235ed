/**
 * Shows what was taken back.
 *
 * Defect: `edit` and `revoke` are acknowledged and dropped.
 *
 * Seen in https://github.com/david-lev/pywa/pull/185
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  appliesEditsAndDeletes: () => false,
});
