/** Why WhatsApp does not take a message of the API. Each says where its text was read. */
import type { Behaviour } from '../../../core/behaviour.ts';
import type { Refusal } from '../../../core/decision.ts';
import { objectMissing } from '../../../core/refusals.ts';
import type { NumberState, PhoneNumber } from '../../../core/world.ts';

const errorCodes = 'Meta: support/error-codes';

/** Whether the number takes part in the Cloud API at all. */
export const isOnApi = (state: NumberState): state is 'coexistence' | 'cloud-api' =>
  state === 'coexistence' || state === 'cloud-api';

/** A number that is not on the API takes nothing from it. */
export function notOnApi(number: PhoneNumber, behaviour: Behaviour): Refusal {
  return number.state === 'disconnected' && behaviour.sendsAfterRemoval === 'object-missing'
    ? { ...objectMissing(number.id, 'post'), evidence: 'assumed' }
    : accountNotRegistered;
}

const accountNotRegistered: Refusal = {
  code: 133010,
  httpStatus: 400,
  message: 'Account not registered',
  evidence: 'observed',
  source: 'recorded on numbers that the app alone has, and on half-linked ones',
};

export const recipientRequired: Refusal = {
  code: 100,
  httpStatus: 400,
  message: 'The parameter to is required.',
  evidence: 'observed',
  source: 'the recorded form for required parameters',
};

export const recipientNotValid: Refusal = {
  code: 131009,
  httpStatus: 400,
  message: 'Parameter value is not valid',
  details: 'The recipient is neither a phone number nor a known user id.',
  evidence: 'assumed',
  source: 'the code is documented; for recipients it is not recorded',
};

/** Groups are not for coexistence numbers, and no number here has any. */
export const noGroups: Refusal = {
  code: 131215,
  httpStatus: 400,
  message: 'Phone number is not eligible for groups',
  evidence: 'assumed',
  source: 'recorded on other ineligible numbers',
};

export const recipientIsSender: Refusal = {
  code: 131021,
  httpStatus: 400,
  message: 'Recipient cannot be sender',
  details: 'Cannot send message to the same consumer phone number as the sender phone number',
  evidence: 'observed',
  source: `${errorCodes}; details from a client's log`,
};

export const typeUnknown: Refusal = {
  code: 131051,
  httpStatus: 400,
  message: 'Unsupported message type',
  evidence: 'documented',
  source: errorCodes,
};

export const mediaUnknown: Refusal = {
  code: 131009,
  httpStatus: 400,
  message: 'Parameter value is not valid',
  details: 'The id does not name a file of this business.',
  evidence: 'assumed',
  source: 'neither code nor wording is recorded',
};

export const readTargetUnknown: Refusal = {
  code: 100,
  httpStatus: 400,
  message: 'Invalid parameter',
  details: 'message_id does not name a message of this conversation',
  evidence: 'assumed',
  source: 'neither code nor wording is recorded',
};

/** On the edge for marketing templates. */
export const notMarketing: Refusal = {
  code: 131055,
  httpStatus: 400,
  message: 'Method not allowed',
  details: 'Only marketing templates can be sent here.',
  evidence: 'documented',
  source: `${errorCodes}; the details are assumed`,
};

/** @param httpStatus - 400 by Meta's table, 429 as many clients expect it */
export const throughputReached = (httpStatus: Behaviour['rateLimitStatus']): Refusal => ({
  code: 130429,
  httpStatus,
  message: 'Rate limit hit',
  details: 'Cloud API message throughput has been reached.',
  evidence: 'documented',
  source: errorCodes,
});

export const pairRateReached: Refusal = {
  code: 131056,
  httpStatus: 400,
  message: '(Business Account, Consumer Account) pair rate limit hit',
  evidence: 'documented',
  source: errorCodes,
};

/** Outside of the service window, where this world refuses it at once. */
export const windowClosed: Refusal = {
  code: 131047,
  httpStatus: 400,
  message: 'Re-engagement message',
  details:
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  evidence: 'documented',
  source: errorCodes,
};
