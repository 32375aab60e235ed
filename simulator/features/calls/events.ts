/** Calls over the API. No call is ever placed here, so there are no events. */
import type { Command } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';

/** The settings of calling are closed to the same numbers, with the same answer. */
export { callingRefused } from './refusals.ts';

/** `POST /{phone-number-id}/calls`. */
export interface ManageCall extends Command {
  readonly type: 'manage-call';
  readonly phoneNumberId: PhoneNumberId;
  readonly action: string;
}
