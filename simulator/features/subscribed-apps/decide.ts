/** Which apps get an account's webhooks, and where. */
import { accept, mistake, refuse, type Decision } from '../../core/decision.ts';
import type { Handshake } from '../../core/feature.ts';
import type { App, Callback, ReadonlyWorld } from '../../core/world.ts';
import { appOfToken } from '../oauth-access-token/events.ts';
import type {
  ListSubscribedApps,
  SubscribeToWaba,
  UnsubscribeFromWaba,
  WabaSubscribed,
  WabaUnsubscribed,
} from './events.ts';
import { mayOverride, refusalOfOverride } from './override.ts';
import { callerUnknown } from './refusals.ts';

/** An app that gets the account's webhooks. */
export interface SubscribedApp {
  readonly app: App;
  readonly override?: Callback;
}

/**
 * Subscribes the calling app; doing so again changes nothing, except that a call without an override ends the one
 * there was.
 *
 * An override is taken only from an app that is subscribed already: both in one call fail on a new account.
 *
 * @see Meta: webhook overrides
 */
export function subscribeToWaba(world: ReadonlyWorld, command: SubscribeToWaba): Decision<undefined> {
  const waba = world.wabas.get(command.wabaId);
  if (!waba) return mistake(`There is no account ${command.wabaId}.`);
  const app = appOfToken(world, command.token);
  if (!app) return refuse(callerUnknown);
  const override = overrideOf(command);
  const refusal = override && refusalOfOverride(waba, app, command.handshake);
  if (refusal) return refuse(refusal);
  const subscribed: WabaSubscribed = {
    type: 'waba-subscribed',
    wabaId: waba.id,
    appId: app.id,
    ...(override && { override }),
  };
  return accept([subscribed], undefined);
}

export function listSubscribedApps(
  world: ReadonlyWorld,
  command: ListSubscribedApps,
): Decision<readonly SubscribedApp[]> {
  const waba = world.wabas.get(command.wabaId);
  if (!waba) return mistake(`There is no account ${command.wabaId}.`);
  const found = [...waba.subscriptions].flatMap(([appId, subscription]) => {
    const app = world.apps.get(appId);
    return app ? [{ app, ...subscription }] : [];
  });
  return accept([], found);
}

/** Ends the calling app's subscription; ending one that is not there succeeds, too (assumed). */
export function unsubscribeFromWaba(world: ReadonlyWorld, command: UnsubscribeFromWaba): Decision<undefined> {
  const waba = world.wabas.get(command.wabaId);
  if (!waba) return mistake(`There is no account ${command.wabaId}.`);
  const app = appOfToken(world, command.token);
  if (!app) return refuse(callerUnknown);
  if (!waba.subscriptions.has(app.id)) return accept([], undefined);
  const ended: WabaUnsubscribed = { type: 'waba-unsubscribed', wabaId: waba.id, appId: app.id };
  return accept([ended], undefined);
}

/** The callback that has to answer before the command is decided; none where it will be refused anyway. */
export function handshakeFor(world: ReadonlyWorld, command: SubscribeToWaba): Handshake | undefined {
  const waba = world.wabas.get(command.wabaId);
  const app = appOfToken(world, command.token);
  const override = overrideOf(command);
  return waba && app && override && mayOverride(waba, app) ? override : undefined;
}

/** An empty address counts as none. */
const overrideOf = (command: SubscribeToWaba): Callback | undefined =>
  command.overrideUri ? { url: command.overrideUri, verifyToken: command.verifyToken ?? '' } : undefined;
