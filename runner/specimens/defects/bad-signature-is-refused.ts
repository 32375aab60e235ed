/**
 * Believes anybody who signs.
 *
 * Defect: the signature has to be there and to look like one; whose it is is not checked. Who knows the address can make
 * the bot write to customers.
 *
 * Seen in https://github.com/qhkm/zeptoclaw/issues/317 and https://github.com/tawn33y/whatsapp-cloud-api/issues/60
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    isSignedByMeta: (_body, header) => /^sha256=[0-9a-f]{64}$/.test(header ?? ''),
  },
  collateral: {
    'forged-message-has-no-effect': 'what is believed is also done',
    'replayed-signature-is-refused': 'any signature will do, so that of another body does',
  },
};
