/**
 * Shows a lost number as connected.
 *
 * Defect: `account_update` stops the sender, but the operator's screen goes on saying "connected".
 *
 * Seen in https://github.com/megaapp977/stack/issues/649, where nobody noticed that messages had stopped.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    shownState: () => 'connected',
  },
};
