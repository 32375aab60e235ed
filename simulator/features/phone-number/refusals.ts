/** Why the node of a number is not shown or not changed. */
import type { Refusal } from '../../core/decision.ts';

/** The account belongs to the customer's portfolio, so the partner may not configure its numbers one by one. */
export const overrideDenied: Refusal = {
  code: 200,
  httpStatus: 403,
  message: 'Permissions error',
  evidence: 'observed',
  source: 'recorded on coexistence numbers of several accounts; the status is that of Meta: error codes',
};

/** A number in the app has the PIN that its owner set there. */
export const pinDenied: Refusal = {
  ...overrideDenied,
  evidence: 'assumed',
  source: 'no PIN flow over the API is known for coexistence numbers',
};
