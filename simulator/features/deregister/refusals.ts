/** Why a number is not deregistered. */
import type { Refusal } from '../../core/decision.ts';

/** Coexistence ends on the phone, never over the API. */
export const inBusinessApp: Refusal = {
  code: 100,
  httpStatus: 400,
  message: 'Deregister endpoint is not available for API solution for SMB businesses.',
  bare: true,
  evidence: 'documented',
  source: 'Meta: OpenAPI v23.0, deregister; recorded by two integrators',
};

/** The number is in the app, and was never on the Cloud API. */
export const notLinked: Refusal = {
  code: 100,
  httpStatus: 400,
  message: 'Phone number is not currently linked in Facebook Hosted System',
  bare: true,
  evidence: 'documented',
  source: 'Meta: OpenAPI v23.0, deregister; recorded by one integrator on such a number',
};

/** The number is registered nowhere. */
export const notRegistered: Refusal = {
  code: 133010,
  httpStatus: 400,
  message: 'Account not registered',
  evidence: 'documented',
  source: 'Meta: support/error-codes',
};

/** Ten calls in 72 hours. */
export const tooManyAttempts: Refusal = {
  code: 133016,
  httpStatus: 400,
  message: 'Account register deregister rate limit exceeded',
  evidence: 'documented',
  source: 'Meta: register a business phone number',
};
