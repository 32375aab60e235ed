/** What an override of the callback takes, on an account and on a number alike. */
import type { Refusal } from '../../core/decision.ts';
import type { HandshakeResult } from '../../core/feature.ts';
import type { App, Waba } from '../../core/world.ts';
import { handshakeRefusal } from '../../core/refusals.ts';
import { subscribeFirst } from './refusals.ts';

/** The app gets the account's webhooks already, and has the field `messages`. */
export const mayOverride = (waba: Waba, app: App): boolean =>
  waba.subscriptions.has(app.id) && app.fields.includes('messages');

/**
 * Why an override is not taken, or `undefined` where it is.
 *
 * @param handshake - how the new callback answered; missing: nobody asked it, and it is taken at its word
 */
export function refusalOfOverride(
  waba: Waba,
  app: App,
  handshake: HandshakeResult | undefined,
): Refusal | undefined {
  if (!mayOverride(waba, app)) return subscribeFirst;
  return handshake && handshakeRefusal(handshake);
}
