/**
 * Throws away the second message of a burst.
 *
 * Defect: the conversation is locked by the first message, and who comes meanwhile is turned away behind a 200.
 *
 * Reproduced with Chat SDK 4.41.1 and its usual lock.
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    // Of an album; other messages that come close together are other obligations'.
    keepsInbound: (shown, around) => !(around.burst && shown.kind === 'image'),
  },
};
