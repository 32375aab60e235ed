/** Puts a number on the Cloud API alone. A number of the WhatsApp Business app is never registered so. */
import { accept, mistake, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import type { NumberMoved } from '../../core/events.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { hourMs, type EpochMs } from '../../core/time.ts';
import { slice, type PhoneNumber, type ReadonlyWorld } from '../../core/world.ts';
import { objectMissing } from '../../core/refusals.ts';
import { isInBusinessApp, type PinSet } from '../phone-number/events.ts';
import type { RegisterNumber, RegistrationAttempted } from './events.ts';
import { inBusinessApp, pinMismatch, tooManyAttempts } from './refusals.ts';

/** Ten calls a number in 72 hours. @see Meta: register a business phone number (documented) */
export const attemptLimit = { attempts: 10, withinMs: 72 * hourMs } as const;

interface Registrations {
  readonly pins: Map<PhoneNumberId, string>;
  /** When the calls that count were made; the oldest first, and no more than the limit knows. */
  readonly attemptsAtMs: Map<PhoneNumberId, readonly EpochMs[]>;
}

export const registrations = slice<Registrations>('register', () => ({
  pins: new Map(),
  attemptsAtMs: new Map(),
}));

/**
 * Registers a number, or registers it again.
 *
 * A number without a PIN gets the one that is given; one with a PIN wants the same. The refusal of a number in the app
 * has no side effect: it stays connected as it is.
 *
 * @see Meta: register a business phone number
 */
export function registerNumber(
  world: ReadonlyWorld,
  command: RegisterNumber,
  nowMs: EpochMs,
): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  const refusal = refusalByState(world, number) ?? refusalByCount(world, number, nowMs);
  if (refusal) return refuse(refusal);
  const attempted: RegistrationAttempted = { type: 'registration-attempted', phoneNumberId: number.id };
  const pin = registrations.of(world).pins.get(number.id);
  if (pin !== undefined && pin !== command.pin) return refuse(pinMismatch, [attempted]);
  const pinSet: PinSet = { type: 'pin-set', phoneNumberId: number.id, pin: command.pin };
  const moved: NumberMoved = {
    type: 'number-moved',
    phoneNumberId: number.id,
    from: number.state,
    to: 'cloud-api',
  };
  return accept(
    [attempted, ...(pin === undefined ? [pinSet] : []), ...(number.state === 'cloud-api' ? [] : [moved])],
    undefined,
  );
}

function refusalByState(world: ReadonlyWorld, number: PhoneNumber): Refusal | undefined {
  if (number.state === 'disconnected') return objectMissing(number.id, 'post');
  return isInBusinessApp(number) ? inBusinessApp(world.behaviour.registerRefusalPrefixed) : undefined;
}

function refusalByCount(world: ReadonlyWorld, number: PhoneNumber, nowMs: EpochMs): Refusal | undefined {
  const attempts = registrations.of(world).attemptsAtMs.get(number.id) ?? [];
  const recent = attempts.filter((atMs) => nowMs - atMs < attemptLimit.withinMs);
  return recent.length >= attemptLimit.attempts ? tooManyAttempts : undefined;
}
