/** Why an account's subscription is refused; faults of the callback itself are told by `subscriptions`. */
import type { Refusal } from '../../core/decision.ts';

/** An override needs a subscription to override, and the app its `messages` field. */
export const subscribeFirst: Refusal = {
  code: 100,
  httpStatus: 400,
  message:
    'Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account',
  evidence: 'observed',
  source: 'issues of an open inbox that quote the answer',
};

/** The token belongs to no app that is known. */
export const callerUnknown: Refusal = {
  code: 200,
  httpStatus: 403,
  message: 'Permissions error',
  evidence: 'documented',
  source: 'Meta: support/error-codes',
};
