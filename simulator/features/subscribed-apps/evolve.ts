/** Writes who gets an account's webhooks into the account itself, where `webhooks/` reads it. */
import { evolves } from '../../core/feature.ts';
import type { WabaSubscribed, WabaUnsubscribed } from './events.ts';

export const evolve = evolves<WabaSubscribed | WabaUnsubscribed>({
  'waba-subscribed': (world, event) => {
    world.wabas
      .get(event.wabaId)
      ?.subscriptions.set(event.appId, event.override ? { override: event.override } : {});
  },
  'waba-unsubscribed': (world, event) => {
    world.wabas.get(event.wabaId)?.subscriptions.delete(event.appId);
  },
});
