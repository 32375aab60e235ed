/** Who wrote a message that comes out of the past. */
import type { WireMessage } from './wire.ts';

export type Direction = 'from-customer' | 'from-business';

export interface HistoryItem {
  readonly message: WireMessage;
  /** Digits. */
  readonly businessNumber: string | undefined;
}

/**
 * `from` names either side, so it is compared with the business's own number. `from_me` is not in Meta's reference but
 * in real traffic, and decides where it is given; `to` is on the business's messages only, and not always.
 */
export function directionOf({ message, businessNumber }: HistoryItem): Direction {
  if (message.history_context?.from_me !== undefined) {
    return message.history_context.from_me ? 'from-business' : 'from-customer';
  }
  const own = message.from !== undefined && digitsOf(message.from) === digitsOf(businessNumber ?? '');
  return own || message.to !== undefined ? 'from-business' : 'from-customer';
}

const digitsOf = (number: string): string => number.replace(/\D/g, '');
