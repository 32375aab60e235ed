/**
 * Ignores what the owner writes.
 *
 * Defect: echoes silence the bot and are stored nowhere.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/13371 and https://github.com/OCA/social/pull/1912
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    keepsEcho: () => false,
  },
};
