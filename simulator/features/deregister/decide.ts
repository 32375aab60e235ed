/** Takes a number off the Cloud API; a number of the WhatsApp Business app leaves only in the app. */
import { accept, mistake, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import type { NumberMoved } from '../../core/events.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { hourMs, type EpochMs } from '../../core/time.ts';
import { slice, type PhoneNumber, type ReadonlyWorld } from '../../core/world.ts';
import { objectMissing } from '../../core/refusals.ts';
import type { DeregisterNumber, NumberDeregistered } from './events.ts';
import { inBusinessApp, notLinked, notRegistered, tooManyAttempts } from './refusals.ts';

/** Ten calls a number in 72 hours. @see Meta: register a business phone number (documented) */
export const attemptLimit = { attempts: 10, withinMs: 72 * hourMs } as const;

/** When each number was deregistered; the oldest first, and no more than the limit knows. */
export const deregistrations = slice<Map<PhoneNumberId, readonly EpochMs[]>>('deregister', () => new Map());

/** Deregisters a number; its PIN stays. Only calls that succeed count towards the limit (assumed). */
export function deregisterNumber(
  world: ReadonlyWorld,
  command: DeregisterNumber,
  nowMs: EpochMs,
): Decision<undefined> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no phone number ${command.phoneNumberId}.`);
  const refusal = refusalByState(number) ?? refusalByCount(world, number, nowMs);
  if (refusal) return refuse(refusal);
  const deregistered: NumberDeregistered = { type: 'number-deregistered', phoneNumberId: number.id };
  const moved: NumberMoved = {
    type: 'number-moved',
    phoneNumberId: number.id,
    from: number.state,
    to: 'fresh',
  };
  return accept([deregistered, moved], undefined);
}

function refusalByState(number: PhoneNumber): Refusal | undefined {
  switch (number.state) {
    case 'coexistence':
    case 'offboarded':
      return inBusinessApp;
    case 'app-only':
      return notLinked;
    case 'fresh':
      return notRegistered;
    case 'disconnected':
      return objectMissing(number.id, 'post');
    case 'cloud-api':
      return undefined;
  }
}

function refusalByCount(world: ReadonlyWorld, number: PhoneNumber, nowMs: EpochMs): Refusal | undefined {
  const calls = deregistrations.of(world).get(number.id) ?? [];
  const recent = calls.filter((atMs) => nowMs - atMs < attemptLimit.withinMs);
  return recent.length >= attemptLimit.attempts ? tooManyAttempts : undefined;
}
