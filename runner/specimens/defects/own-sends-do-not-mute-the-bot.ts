/**
 * Mutes itself.
 *
 * Defect: the bot's own message counts as a person's; the conversation is handed over to nobody.
 *
 * Seen in https://github.com/megaapp977/stack/issues/393
 */
import { noteHuman } from '../conforming/takeover.ts';
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    onSent: (customer) => {
      noteHuman(customer, customer.lastInboundMs ?? 0);
    },
  },
};
