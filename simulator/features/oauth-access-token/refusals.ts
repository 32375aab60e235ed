/** Why no token is given. The OAuth edges print their texts without a `(#code) `. */
import type { Refusal } from '../../core/decision.ts';

const refusal = (
  code: number,
  message: string,
  evidence: Refusal['evidence'],
  source: string,
  subcode?: number,
): Refusal => ({
  code,
  httpStatus: 400,
  message,
  bare: true,
  evidence,
  source,
  ...(subcode !== undefined && { subcode }),
});

const handled = 'handled by several clients; the wording is not recorded';

/** More than 30 seconds old. */
export const codeExpired = refusal(100, 'This authorization code has expired.', 'observed', handled, 36007);

/** Any other fault of the code; the text speaks of `redirect_uri` even where there is none. */
export const codeInvalid = refusal(
  100,
  'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
  'observed',
  handled,
  36008,
);

export const codeUsed = refusal(
  100,
  'This authorization code has been used.',
  'observed',
  'recorded by users of two OAuth clients',
  36009,
);

export const appUnknown = refusal(
  101,
  'Error validating application. Cannot get application info due to a system error.',
  'observed',
  'tests of one client',
);

export const appMalformed = refusal(101, 'Invalid application ID.', 'assumed', 'Graph API at large');

export const secretWrong = refusal(1, 'Error validating client secret.', 'observed', 'tests of one client');

/** The token to be exchanged is none, or no longer one. */
export const tokenInvalid: Refusal = {
  ...refusal(190, 'Invalid OAuth access token - Cannot parse access token', 'assumed', 'as every other edge'),
  httpStatus: 401,
};
