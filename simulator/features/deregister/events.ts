/** A number is taken off the Cloud API. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';

/** `POST /{phone-number-id}/deregister`. */
export interface DeregisterNumber extends Command {
  readonly type: 'deregister-number';
  readonly phoneNumberId: PhoneNumberId;
}

/** A call that counts towards the limit. */
export interface NumberDeregistered extends WorldEvent {
  readonly type: 'number-deregistered';
  readonly phoneNumberId: PhoneNumberId;
}
