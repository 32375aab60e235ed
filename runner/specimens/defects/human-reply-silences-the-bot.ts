/**
 * Talks over people.
 *
 * Defect: the bot does not care that somebody answers from the phone.
 *
 * Seen in https://github.com/evolution-foundation/evo-crm-community/issues/82 and
 * https://github.com/HKUDS/nanobot/issues/2837
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    shouldAnswer: () => true,
  },
  collateral: {
    'reply-in-preparation-is-withheld':
      'a bot that never steps aside does not do so in the middle of a reply',
  },
};
