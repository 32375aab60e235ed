/** Why the node of a number is not shown or not changed. */
import type { Refusal } from '../../core/decision.ts';

/** `fields=` names what the node does not have. */
export const fieldMissing = (field: string): Refusal => ({
  code: 100,
  httpStatus: 400,
  message: `Tried accessing nonexisting field (${field}) on node type (WhatsAppBusinessAccountToNumberCurrentStatus)`,
  evidence: 'assumed',
  source: 'Graph API at large; type of the node as in the SDK of Meta',
});

/** `after` or `before` is no cursor of this list; since v24.0. */
export const cursorInvalid: Refusal = {
  code: 131059,
  httpStatus: 400,
  message: 'Invalid cursor',
  evidence: 'documented',
  source: 'Meta: support/error-codes',
};

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
