/** `subscriptions`: where an app's webhooks go, and which fields it takes. */
import { commands, edge, type Feature } from '../../core/feature.ts';
import { readAppSubscriptions, subscribeApp, unsubscribeApp, type AppSubscription } from './decide.ts';
import type { ReadAppSubscriptions, SubscribeApp, SubscriptionsCommand, UnsubscribeApp } from './events.ts';
import {
  handshakeOf,
  parseRead,
  parseSubscribe,
  parseUnsubscribe,
  renderSubscriptions,
  renderSuccess,
} from './wire.ts';

const place = { node: 'app', edge: 'subscriptions', contract: 'subscriptions', permission: 'app' } as const;

export const subscriptionsFeature: Feature = {
  name: 'subscriptions',
  edges: [
    edge<SubscribeApp, undefined>({
      ...place,
      method: 'POST',
      parse: parseSubscribe,
      render: renderSuccess,
      handshake: handshakeOf,
    }),
    edge<ReadAppSubscriptions, AppSubscription>({
      ...place,
      method: 'GET',
      parse: parseRead,
      render: renderSubscriptions,
    }),
    edge<UnsubscribeApp, undefined>({
      ...place,
      method: 'DELETE',
      parse: parseUnsubscribe,
      render: renderSuccess,
    }),
  ],
  commands: commands<SubscriptionsCommand>({
    'subscribe-app': subscribeApp,
    'read-app-subscriptions': readAppSubscriptions,
    'unsubscribe-app': unsubscribeApp,
  }),
};
