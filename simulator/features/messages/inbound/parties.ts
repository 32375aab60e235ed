/** Who writes to whom; a scenario that names somebody unknown is mistaken. */
import { mistake, type Decision } from '../../../core/decision.ts';
import { mintWamid, type PhoneNumberId, type WaId, type Wamid } from '../../../core/identifiers.ts';
import type { Random } from '../../../core/random.ts';
import type { Customer, PhoneNumber, ReadonlyWorld } from '../../../core/world.ts';
import { isBlocked } from '../../block-users/events.ts';
import { messageOf, type MessageRecord } from '../evolve.ts';
import { wamidUserOf } from '../wamid.ts';

export interface Parties {
  readonly number: PhoneNumber;
  readonly customer: Customer;
}

interface Letter {
  readonly phoneNumberId: PhoneNumberId;
  readonly from: WaId;
}

/** Finds both, or says who is missing. */
export function findParties(world: ReadonlyWorld, letter: Letter): Parties | Decision<never> {
  const number = world.phoneNumbers.get(letter.phoneNumberId);
  if (!number) return mistake(`There is no number ${letter.phoneNumberId}.`);
  const customer = world.customers.get(letter.from);
  if (!customer) return mistake(`There is no customer ${letter.from}.`, 'Create the customer first.');
  return { number, customer };
}

/** Finds a message that this customer wrote to this number and has not revoked. */
export function findOwnMessage(
  world: ReadonlyWorld,
  letter: Letter & { readonly wamid: Wamid },
): Readonly<MessageRecord> | Decision<never> {
  const record = messageOf(world, letter.wamid);
  if (
    record?.direction !== 'received' ||
    record.waId !== letter.from ||
    record.phoneNumberId !== letter.phoneNumberId
  )
    return mistake(
      'The customer did not write that message.',
      'Customers edit and revoke their own messages only.',
    );
  return record.revoked ? mistake('The message has been revoked.') : record;
}

/** Windows has the keys of web; Wear OS those of Android (both assumed). */
const origins = {
  android: 'android',
  iphone: 'iphone',
  web: 'web',
  windows: 'web',
  'wear-os': 'android',
} as const;

export const mintCustomerWamid = (world: ReadonlyWorld, customer: Customer, random: Random): Wamid =>
  mintWamid(random, wamidUserOf(customer, world.behaviour), origins[customer.device]);

/** What the API gets to see of something a customer did just now. */
export type Visibility = 'content' | 'unavailable' | 'nothing';

/**
 * A number that is not on the API shows it nothing, and one that has blocked the customer, neither. On coexistence, Windows and Wear OS are companions that are not
 * supported: Meta's page says no webhook in one place and 131060 in another.
 */
export function visibilityOf(world: ReadonlyWorld, { number, customer }: Parties): Visibility {
  if (isBlocked(world, number.id, customer.waId)) return 'nothing';
  if (number.state === 'cloud-api') return 'content';
  if (number.state !== 'coexistence') return 'nothing';
  if (customer.device !== 'windows' && customer.device !== 'wear-os') return 'content';
  return world.behaviour.unsupportedCompanion;
}
