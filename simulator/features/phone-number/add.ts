/** Adds a number to an account: it is there, and nothing more, until it is verified and registered. */
import { accept, mistake, refuse, type Command, type Decision, type Refusal } from '../../core/decision.ts';
import { countryOfNumber, displayNumber } from '../../core/countries.ts';
import type { NumberCreated } from '../../core/events.ts';
import type { GraphRequest } from '../../core/feature.ts';
import { mintGraphId, type PhoneNumberId, type WabaId, type WaId } from '../../core/identifiers.ts';
import { textOf } from '../../core/wire-values.ts';
import { chanceOf, type ReadonlyWorld } from '../../core/world.ts';

/** `POST /{waba-id}/phone_numbers`. */
export interface AddPhoneNumber extends Command {
  readonly type: 'add-phone-number';
  readonly wabaId: WabaId;
  readonly waId: WaId;
  readonly verifiedName: string;
}

const inYourList: Refusal = {
  code: 100,
  subcode: 2388012,
  httpStatus: 400,
  message: 'Invalid parameter',
  bare: true,
  userTitle: 'Phone number already in your list',
  userMessage: 'This phone number is already in your list. Enter another.',
  evidence: 'documented',
  source: 'Meta: support/error-codes; the wording is assumed',
};

/** The country code may stand by itself, or at the front of the number. */
export function parseAdd({ nodeId, params }: GraphRequest): AddPhoneNumber {
  const digits = (textOf(params['phone_number']) ?? '').replace(/\D/g, '');
  const cc = (textOf(params['cc']) ?? '').replace(/\D/g, '');
  return {
    type: 'add-phone-number',
    wabaId: nodeId as WabaId,
    waId: (digits.startsWith(cc) ? digits : cc + digits) as WaId,
    verifiedName: textOf(params['verified_name']) ?? '',
  };
}

export function addPhoneNumber(world: ReadonlyWorld, command: AddPhoneNumber): Decision<PhoneNumberId> {
  const { wabaId, waId, verifiedName } = command;
  if (!world.wabas.has(wabaId)) return mistake(`There is no account ${wabaId}.`);
  if ([...world.phoneNumbers.values()].some((number) => number.waId === waId)) return refuse(inYourList);
  const country = countryOfNumber(waId);
  const created: NumberCreated = {
    type: 'number-created',
    phoneNumberId: mintGraphId(chanceOf(world)) as PhoneNumberId,
    state: 'fresh',
    number: { wabaId, waId, displayPhoneNumber: displayNumber(waId, country), verifiedName, country },
  };
  return accept([created], created.phoneNumberId);
}
