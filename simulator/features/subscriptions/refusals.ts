/** A caller that is not the app. */
import type { Refusal } from '../../core/decision.ts';

/** The app's subscription is changed by the app itself: `{app-id}|{app-secret}`, or a token of its own. */
export const appTokenNeeded: Refusal = {
  code: 15,
  httpStatus: 400,
  message: 'This method must be called with an app access_token.',
  evidence: 'observed',
  source: 'recorded by several clients of the edge',
};
