/**
 * What the pop-up says instead of going on. A person reads it; no Graph client does, so there is no HTTP status.
 *
 * Codes are those of Meta's errors page of Embedded Signup as a client carries them (observed); Meta publishes no texts
 * for most of them, so the sentences are ours (assumed).
 */
import type { Refusal } from '../../core/decision.ts';
import type { SignupObstacle } from './events.ts';

const refusal = (code: number, message: string, source: string): Refusal => ({
  code,
  httpStatus: 0,
  bare: true,
  message,
  evidence: 'assumed',
  source,
});

const errorsPage = 'Meta: embedded-signup/errors, codes as carried by a client; the text is ours';

/** Oldest version of the app that can be connected. @see Meta: onboarding-business-app-users (documented) */
export const oldestAppVersion = '2.24.17';

export const refusals: Readonly<Record<SignupObstacle, Refusal>> = {
  'app-version': refusal(
    3441045,
    `Update the WhatsApp Business app: version ${oldestAppVersion} or newer is needed.`,
    errorsPage,
  ),
  'account-type': refusal(
    3441042,
    'This number could not be verified in the WhatsApp Business app. Make sure that it is a business account.',
    errorsPage,
  ),
  'other-partner': refusal(
    2655093,
    'This number is connected to another partner. Disconnect it in the app, wait about 15 minutes, and try again.',
    errorsPage,
  ),
  'other-account': refusal(
    3441041,
    'This number already belongs to another WhatsApp Business account.',
    errorsPage,
  ),
  activity: refusal(
    0,
    'This number is not eligible: it needs more WhatsApp Business app activity.',
    'a provider’s help page; Meta publishes no code',
  ),
  country: refusal(
    0,
    'This feature is not available in your country yet.',
    'Meta: onboarding-business-app-users of 2025 listed countries; the text is ours',
  ),
};

/** It is connected, to us or to another: nothing can be done before it is disconnected in the app. */
export const connectedAlready: Refusal = refusals['other-partner'];

/** There is no such number in the app; the ordinary flow is for those. */
export const notInTheApp: Refusal = refusals['account-type'];

/** The page asked for another flow than the one for numbers of the app. */
export const wrongFeatureType: Refusal = refusal(
  3441030,
  'This flow is for new numbers. To connect a number of the WhatsApp Business app, the page has to ask for it.',
  errorsPage,
);
