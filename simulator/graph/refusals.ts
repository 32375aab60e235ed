/** Refusals that belong to the Graph as a whole, not to one edge. */
import type { Refusal } from '../core/decision.ts';

const graphErrors = 'Graph API answers recorded by clients';

export const missingToken: Refusal = {
  code: 104,
  httpStatus: 400,
  message: 'An access token is required to request this resource.',
  bare: true,
  evidence: 'observed',
  source: graphErrors,
};

/** Of `/me` alone. */
export const missingUserToken: Refusal = {
  code: 2500,
  httpStatus: 400,
  message: 'An active access token must be used to query information about the current user.',
  bare: true,
  evidence: 'observed',
  source: graphErrors,
};

/** The texts of both are Graph's at large. */
export const wrongProof: Refusal = {
  code: 100,
  httpStatus: 400,
  type: 'GraphMethodException',
  message: 'Invalid appsecret_proof provided in the API argument',
  bare: true,
  evidence: 'assumed',
  source: 'Graph API at large',
};

export const missingProof: Refusal = {
  ...wrongProof,
  type: 'OAuthException',
  message: 'API calls from the server require an appsecret_proof argument',
};

/** Gone with v26.0. */
export const removedIds: Refusal = {
  code: 100,
  httpStatus: 400,
  message: 'The parameter ids is no longer supported.',
  evidence: 'assumed',
  source: 'Meta: changelog of v26.0 says that it is gone; the text is not known',
};

export const unparsableToken: Refusal = {
  code: 190,
  httpStatus: 401,
  message: 'Invalid OAuth access token - Cannot parse access token',
  bare: true,
  evidence: 'observed',
  source: graphErrors,
};

/** Meta adds weekday and clock times to the text; their form is not needed to tell the case. */
export const expiredToken: Refusal = {
  code: 190,
  subcode: 463,
  httpStatus: 401,
  message: 'Error validating access token: Session has expired.',
  bare: true,
  evidence: 'observed',
  source: graphErrors,
};

export const missingPermission = (permission: string): Refusal => ({
  code: 10,
  httpStatus: 403,
  message: 'Application does not have permission for this action',
  details: `The token lacks ${permission}.`,
  evidence: 'documented',
  source: 'Meta: support/error-codes',
});

export const foreignAccount: Refusal = {
  code: 200,
  httpStatus: 403,
  message: 'Permissions error',
  evidence: 'documented',
  source: 'Meta: support/error-codes',
};

export const unknownPath = (rest: string): Refusal => ({
  code: 2500,
  httpStatus: 400,
  message: `Unknown path components: /${rest}`,
  bare: true,
  evidence: 'observed',
  source: graphErrors,
});

export const unknownAlias = (alias: string): Refusal => ({
  code: 803,
  httpStatus: 404,
  message: `Some of the aliases you requested do not exist: ${alias}`,
  evidence: 'observed',
  source: graphErrors,
});

/** Meta's wording for a body that cannot be read is not known. */
export const unreadableBody = (why: string): Refusal => ({
  code: 100,
  httpStatus: 400,
  message: why,
  evidence: 'assumed',
  source: 'No recording; code 100 as for any bad parameter',
});

export const oversizedBody = (limitBytes: number): Refusal => ({
  code: 100,
  httpStatus: 413,
  message: `The request body is larger than ${limitBytes} bytes.`,
  evidence: 'assumed',
  source: 'No recording',
});
