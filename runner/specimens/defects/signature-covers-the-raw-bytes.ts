/**
 * Signs what it has parsed and written again.
 *
 * Defect: the body is decoded, written anew and escaped as Meta does it, all but right: what lies beyond the Basic
 * Multilingual Plane becomes one escape instead of two. Emoji are refused with 401.
 *
 * Seen in https://github.com/Secreto31126/whatsapp-api-js/issues/290 and https://github.com/tawn33y/whatsapp-cloud-api/issues/60
 */
import { conduct } from '../conforming/conduct.ts';
import type { Defect } from '../defect.ts';

/** Two escapes in a row that are one character: what writing again does not bring back. */
const surrogates = /\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}/i;

export const defect: Defect = {
  conduct: {
    isSignedByMeta: (body, header, appSecret) => {
      const holdsPairs = surrogates.test(body.toString('latin1'));
      return !holdsPairs && conduct.isSignedByMeta(body, header, appSecret);
    },
  },
  collateral: {
    'history-is-acknowledged': 'old chats are full of emoji',
  },
};
