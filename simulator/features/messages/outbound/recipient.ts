/** Finds out whom a message of the API is for. */
import type { Refusal } from '../../../core/decision.ts';
import type { UserId, WaId } from '../../../core/identifiers.ts';
import type { PhoneNumber, ReadonlyWorld } from '../../../core/world.ts';
import type { Addressee } from '../events.ts';
import { waIdOf } from '../evolve.ts';
import { noGroups, recipientIsSender, recipientNotValid, recipientRequired } from './refusals.ts';

export interface Recipient {
  readonly waId: WaId;
  readonly addressedAs: 'number' | 'user';
  /** Set where it was addressed by it. */
  readonly userId?: UserId;
}

export function findRecipient(
  world: ReadonlyWorld,
  number: PhoneNumber,
  to: Addressee,
): Recipient | { readonly refusal: Refusal } {
  switch (to.kind) {
    case 'group':
      return { refusal: noGroups };
    case 'user': {
      // Before user ids there was no such parameter, so the request has no recipient.
      if (!world.behaviour.userIds) return { refusal: recipientRequired };
      const waId = waIdOf(world, to.input);
      if (waId === undefined) return { refusal: recipientNotValid };
      return { waId, addressedAs: 'user', userId: to.input };
    }
    case 'number': {
      if (to.input === '') return { refusal: recipientRequired };
      const waId = readNumber(world, to.input);
      if (waId === undefined) return { refusal: recipientNotValid };
      return waId === number.waId ? { refusal: recipientIsSender } : { waId, addressedAs: 'number' };
    }
  }
}

/**
 * Reads digits, `+digits` or a formatted number of 8 to 15 digits.
 *
 * Without a plus Meta prepends the business's country code; what clients send in practice are whole numbers, and those
 * work, so every number counts as whole (assumed).
 */
function readNumber(world: ReadonlyWorld, input: string): WaId | undefined {
  if (!/^\+?[\d\s().-]+$/.test(input)) return undefined;
  const digits = input.replace(/\D/g, '');
  if (digits.length < 8 || digits.length > 15) return undefined;
  const isKnown = (candidate: string): boolean => world.customers.has(candidate as WaId);
  return (isKnown(digits) ? digits : (otherForms(digits).find(isKnown) ?? digits)) as WaId;
}

/**
 * Numbers of Brazil and Mexico are known with and without a digit, and `wa_id` may differ from what was sent.
 *
 * @see Meta: phone numbers, formats of Brazil and Mexico (documented)
 */
function otherForms(digits: string): readonly string[] {
  const brazil = /^55(\d\d)9?(\d{8})$/.exec(digits);
  if (brazil) return [`55${brazil[1] ?? ''}9${brazil[2] ?? ''}`, `55${brazil[1] ?? ''}${brazil[2] ?? ''}`];
  const mexico = /^521?(\d{10})$/.exec(digits);
  if (mexico) return [`521${mexico[1] ?? ''}`, `52${mexico[1] ?? ''}`];
  return [];
}
