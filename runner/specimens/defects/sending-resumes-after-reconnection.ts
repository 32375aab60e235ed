/**
 * Stays silent after a change of phone.
 *
 * Defect: the stop that a disconnection sets is never lifted.
 *
 * Of the class of https://github.com/HKUDS/nanobot/issues/2837: a pause without a defined end.
 */
import { conduct } from '../conforming/conduct.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    maySend: (account) => conduct.maySend(account) && account.losses === 0,
  },
};
