/**
 * Answers a redelivered message again.
 *
 * Defect: the message is stored once, but the bot is told of every delivery.
 *
 * Seen in https://github.com/ArnasDon/wacrm/issues/367 and https://github.com/swampratnz/community-agent/issues/249
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    mayAnswer: () => true,
  },
  collateral: {
    'simultaneous-redelivery-is-answered-once': 'who answers every delivery answers two that come together',
  },
};
