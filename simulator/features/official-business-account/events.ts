/** The badge of an Official Business Account: asked for, withdrawn, looked up. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';

/** `GET /{phone-number-id}/official_business_account`. */
export interface ReadOfficialStatus extends Command {
  readonly type: 'read-official-status';
  readonly phoneNumberId: PhoneNumberId;
}

export type ApplicationAction = 'SUBMIT_APPLICATION' | 'WITHDRAW_APPLICATION' | 'RESUBMIT_APPLICATION';

/** `POST /{phone-number-id}/official_business_account`. */
export interface ApplyForOfficial extends Command {
  readonly type: 'apply-for-official';
  readonly phoneNumberId: PhoneNumberId;
  readonly action: ApplicationAction;
}

export type OfficialCommand = ReadOfficialStatus | ApplyForOfficial;

/** `oba_status`. Applications are never decided here, so none is ever approved or rejected. */
export type OfficialStatus = 'NOT_STARTED' | 'PENDING' | 'CANCELLED';

export interface OfficialStatusChanged extends WorldEvent {
  readonly type: 'official-status-changed';
  readonly phoneNumberId: PhoneNumberId;
  readonly status: OfficialStatus;
}
