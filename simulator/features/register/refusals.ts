/** Why a number is not registered. */
import type { Refusal } from '../../core/decision.ts';

/**
 * The number is in the WhatsApp Business app, on the Cloud API or not.
 *
 * @param prefixed - with `(#100) ` before the text; both forms are recorded
 */
export const inBusinessApp = (prefixed: boolean): Refusal => ({
  code: 100,
  httpStatus: 400,
  message: 'Register endpoint is not available for SMB businesses.',
  bare: !prefixed,
  evidence: 'observed',
  source: 'recorded by six integrators',
});

/** The number's PIN is another. */
export const pinMismatch: Refusal = {
  code: 133005,
  httpStatus: 400,
  message: 'Two step verification PIN Mismatch',
  evidence: 'observed',
  source: 'recorded in the logs of many clients; the code is documented',
};

/** Ten calls in 72 hours. */
export const tooManyAttempts: Refusal = {
  code: 133016,
  httpStatus: 400,
  message: 'Account register deregister rate limit exceeded',
  evidence: 'documented',
  source: 'Meta: register a business phone number',
};
