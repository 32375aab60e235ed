/** Why a message that was accepted does not arrive: the `errors` of a `failed` status. */
import type { Failure } from '../../../core/forced-failure.ts';
import type { Evidence } from '../../../core/decision.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { FailureCode } from '../events.ts';

interface FailureText {
  readonly title: string;
  readonly details: string;
  readonly evidence: Evidence;
  readonly source: string;
}

/** Titles and usual details, by code. */
const failures: Readonly<Record<FailureCode, FailureText>> = {
  130403: {
    title: 'Business has blocked the user',
    details: 'Message failed to send because the business has blocked this user.',
    evidence: 'documented',
    source: 'Meta: support/error-codes; that it comes as a status is assumed, and so are the details',
  },
  131009: {
    title: 'Parameter value is not valid',
    details: 'Invalid message id for reaction.',
    evidence: 'documented',
    source: 'Meta: reaction messages; the details are assumed',
  },
  131026: {
    title: 'Message undeliverable',
    details: 'Message Undeliverable.',
    evidence: 'documented',
    source: 'Meta: support/error-codes, status messages webhook',
  },
  131047: {
    title: 'Re-engagement message',
    details:
      'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
    evidence: 'observed',
    source: 'recorded by three clients',
  },
  131048: {
    title: 'Spam rate limit hit',
    details:
      'Message failed to send because there are restrictions on how many messages can be sent from this phone number.',
    evidence: 'assumed',
    source: 'Meta: support/error-codes; that the messaging limit is told so is assumed',
  },
  131050: {
    title: 'User has stopped receipt of marketing messages',
    details:
      'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business.',
    evidence: 'documented',
    source: 'Meta: support/error-codes; the details are assumed',
  },
  131053: {
    title: 'Media upload error',
    details: 'Media upload error.',
    evidence: 'observed',
    source: 'recorded by clients; the details name the type',
  },
};

/** A failure as it is usually told. */
export const failureOf = (code: FailureCode, details: string = failures[code].details): Failure => ({
  code,
  title: failures[code].title,
  details,
});

/** An element of `errors`; `message` repeats the title, without the prefix that Graph answers have. */
export const renderFailure = ({ code, title, details }: Failure): JsonObject => ({
  code,
  title,
  message: title,
  error_data: { details },
  href: '/documentation/business-messaging/whatsapp/support/error-codes',
});
