/** What the app itself denies. No Graph client sees these, so there is neither a code nor an HTTP status. */
import type { Refusal } from '../../core/decision.ts';
import type { AppFeature } from './events.ts';

const names: Readonly<Record<AppFeature, string>> = {
  'disappearing-messages': 'Disappearing messages',
  'view-once': 'View once',
  'live-location': 'Live location',
  'broadcast-lists': 'New broadcast lists',
};

/**
 * The feature is off while the number is connected to the Cloud API. That it is off is documented; the sentence the
 * app shows is assumed.
 */
export const turnedOff = (feature: AppFeature): Refusal => ({
  code: 0,
  httpStatus: 0,
  bare: true,
  message: `${names[feature]} can't be used while this number is connected to the Business Platform.`,
  evidence: 'assumed',
  source: 'Meta: onboarding-business-app-users lists the feature as turned off; the wording is ours',
});
