/** A number is put on the Cloud API alone. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';

/** `POST /{phone-number-id}/register`. */
export interface RegisterNumber extends Command {
  readonly type: 'register-number';
  readonly phoneNumberId: PhoneNumberId;
  readonly pin: string;
}

/** A call that counts towards the limit, whatever became of it. */
export interface RegistrationAttempted extends WorldEvent {
  readonly type: 'registration-attempted';
  readonly phoneNumberId: PhoneNumberId;
}
