/** Reads what a wamid says about itself, for messages that are no longer, or never were, remembered here. */
import type { Behaviour } from '../../core/behaviour.ts';
import type { Wamid } from '../../core/identifiers.ts';
import { isNumberHidden } from '../../core/wire-content.ts';
import type { Customer } from '../../core/world.ts';

/** What stands in a wamid. */
export interface WamidContent {
  /** Digits of the WhatsApp user of the conversation; the user id where the number is hidden (assumed). */
  readonly user: string;
  readonly fromBusiness: boolean;
}

/**
 * Decodes `wamid.` and base64 of a compact struct.
 *
 * @returns nothing where it is no wamid
 * @see `mintWamid` for the bytes, decoded from captured ids (observed)
 */
export function readWamid(wamid: Wamid): WamidContent | undefined {
  const match = /^wamid\.([A-Za-z0-9+/]+={0,2})$/.exec(wamid);
  if (match?.[1] === undefined) return undefined;
  const bytes = Buffer.from(match[1], 'base64');
  if (bytes[0] !== 0x1c || bytes[1] !== 0x18) return undefined;
  const end = 3 + (bytes[2] ?? 0);
  const direction = bytes[end + 3];
  if (direction !== 0x11 && direction !== 0x12) return undefined;
  return { user: bytes.toString('latin1', 3, end), fromBusiness: direction === 0x11 };
}

/** Who a wamid says the conversation is with: the number, or the user id where that is hidden (assumed). */
export const wamidUserOf = (customer: Customer, behaviour: Behaviour): string =>
  isNumberHidden(customer, behaviour) ? customer.userId : customer.waId;
