/**
 * Shows a lost number as connected.
 *
 * Defect: `account_update` stops the sender, but the operator's screen goes on saying "connected".
 *
 * Seen in https://github.com/megaapp977/stack/issues/649, where nobody noticed that messages had stopped.
 */
import { conduct } from '../conforming/conduct.ts';
import { start } from '../conforming/start.ts';

start({
  ...conduct,
  shownState: () => 'connected',
});
