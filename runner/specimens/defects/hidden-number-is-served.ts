/**
 * Leaves customers who hide their number without an answer.
 *
 * Defect: the bot knows customers by number alone; a message without `from` does not reach it.
 *
 * Seen in https://github.com/shridarpatil/whatomate/issues/531 and https://github.com/vercel/chat/issues/794
 */
import type { Defect } from '../defect.ts';

export const defect: Defect = {
  conduct: {
    hears: (person) => person.waId !== undefined,
  },
};
