/** The app's own subscription: one callback and a list of fields for `whatsapp_business_account`. */
import { accept, mistake, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import type { AppSubscribed } from '../../core/events.ts';
import type { App, ReadonlyWorld } from '../../core/world.ts';
import { bearerOf } from '../oauth-access-token/events.ts';
import type { ReadAppSubscriptions, SubscribeApp, SubscriptionsCommand, UnsubscribeApp } from './events.ts';
import { handshakeRefusal } from '../../core/refusals.ts';
import { appTokenNeeded } from './refusals.ts';

/** What the app is subscribed to; without a callback it is subscribed to nothing. */
export type AppSubscription = Pick<App, 'callback' | 'fields'>;

/** Takes the callback if it proved itself; the list of fields replaces the former one (assumed). */
export function subscribeApp(world: ReadonlyWorld, command: SubscribeApp): Decision<undefined> {
  const app = world.apps.get(command.appId);
  if (!app) return mistake(`There is no app ${command.appId}.`);
  const handshake = command.handshake && handshakeRefusal(command.handshake);
  const refusal = refusalOfCaller(world, command) ?? handshake;
  if (refusal) return refuse(refusal);
  const subscribed: AppSubscribed = {
    type: 'app-subscribed',
    appId: app.id,
    callback: command.callback,
    fields: command.fields ?? app.fields,
  };
  return accept([subscribed], undefined);
}

export function readAppSubscriptions(
  world: ReadonlyWorld,
  command: ReadAppSubscriptions,
): Decision<AppSubscription> {
  const app = world.apps.get(command.appId);
  if (!app) return mistake(`There is no app ${command.appId}.`);
  const refusal = refusalOfCaller(world, command);
  return refusal ? refuse(refusal) : accept([], app);
}

export function unsubscribeApp(world: ReadonlyWorld, command: UnsubscribeApp): Decision<undefined> {
  const app = world.apps.get(command.appId);
  if (!app) return mistake(`There is no app ${command.appId}.`);
  const refusal = refusalOfCaller(world, command);
  if (refusal) return refuse(refusal);
  const ended = command.fields;
  const keeps = ended && app.callback ? { callback: app.callback } : {};
  const ends: AppSubscribed = {
    type: 'app-subscribed',
    appId: app.id,
    fields: ended ? app.fields.filter((field) => !ended.includes(field)) : [],
    ...keeps,
  };
  return accept([ends], undefined);
}

/** Where any token may call, so may one that is not the app's. */
function refusalOfCaller(world: ReadonlyWorld, command: SubscriptionsCommand): Refusal | undefined {
  if (world.behaviour.tokens === 'any') return undefined;
  const caller = bearerOf(world, command.token);
  return caller?.grant.kind === 'app' && caller.app.id === command.appId ? undefined : appTokenNeeded;
}
