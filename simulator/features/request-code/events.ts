/** The code that shows that a number is one's own: asked for here, told to `verify_code`. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { minuteMs, type EpochMs } from '../../core/time.ts';
import { slice } from '../../core/world.ts';

/** `POST /{phone-number-id}/request_code`. */
export interface RequestCode extends Command {
  readonly type: 'request-code';
  readonly phoneNumberId: PhoneNumberId;
  readonly method: 'SMS' | 'VOICE';
  readonly language: string;
}

/** WhatsApp sent a code. It reaches nobody here but the log, where a test reads it. */
export interface CodeSent extends WorldEvent {
  readonly type: 'code-sent';
  readonly phoneNumberId: PhoneNumberId;
  readonly code: string;
  readonly method: 'SMS' | 'VOICE';
  readonly language: string;
}

/** The number was shown to be the caller's. */
export interface NumberVerified extends WorldEvent {
  readonly type: 'number-verified';
  readonly phoneNumberId: PhoneNumberId;
}

export interface Verification {
  readonly code?: string;
  readonly sentAtMs: readonly EpochMs[];
  readonly verified: boolean;
}

/** How it stands with each number that was asked about. */
export const verifications = slice<Map<PhoneNumberId, Verification>>('request-code', () => new Map());

/** How long a code holds (assumed; Meta's page on the numbers of an account names none). */
export const codeLifeMs = 10 * minuteMs;
