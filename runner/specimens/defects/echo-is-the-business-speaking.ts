/**
 * Shows what people typed as sent by the bot.
 *
 * Defect: an echo has no author here, so the bot becomes its author.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/13371
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    authorOfEcho: () => 'bot',
  },
};
