/**
 * Asks before it listens.
 *
 * Defect: the syncs are asked for first, and the app is subscribed afterwards.
 *
 * Seen in https://github.com/chatwoot/chatwoot/pull/12108 and https://github.com/botpress/botpress/pull/15098
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    order: (subscribe, connect) => [connect, subscribe],
  },
};
