/** `subscribed_apps`: an account's webhooks, and where they go instead of the app's own callback. */
import { commands, edge, type Feature } from '../../core/feature.ts';
import {
  handshakeFor,
  listSubscribedApps,
  subscribeToWaba,
  unsubscribeFromWaba,
  type SubscribedApp,
} from './decide.ts';
import type {
  ListSubscribedApps,
  SubscribedAppsCommand,
  SubscribeToWaba,
  UnsubscribeFromWaba,
} from './events.ts';
import { evolve } from './evolve.ts';
import { parseList, parseSubscribe, parseUnsubscribe, renderApps, renderSuccess } from './wire.ts';

const place = {
  node: 'waba',
  edge: 'subscribed_apps',
  contract: 'subscribed-apps',
  permission: 'whatsapp_business_management',
} as const;

export const subscribedAppsFeature: Feature = {
  name: 'subscribed-apps',
  edges: [
    edge<SubscribeToWaba, undefined>({
      ...place,
      method: 'POST',
      parse: parseSubscribe,
      render: renderSuccess,
      handshake: (request, world) => handshakeFor(world, parseSubscribe(request)),
    }),
    edge<ListSubscribedApps, readonly SubscribedApp[]>({
      ...place,
      method: 'GET',
      parse: parseList,
      render: renderApps,
    }),
    edge<UnsubscribeFromWaba, undefined>({
      ...place,
      method: 'DELETE',
      parse: parseUnsubscribe,
      render: renderSuccess,
    }),
  ],
  commands: commands<SubscribedAppsCommand>({
    'subscribe-to-waba': subscribeToWaba,
    'list-subscribed-apps': listSubscribedApps,
    'unsubscribe-from-waba': unsubscribeFromWaba,
  }),
  evolve,
};
