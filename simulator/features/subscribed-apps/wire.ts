/** `/{waba-id}/subscribed_apps` as JSON. */
import type { GraphRequest } from '../../core/feature.ts';
import type { WabaId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import type { SubscribedApp } from './decide.ts';
import type { ListSubscribedApps, SubscribeToWaba, UnsubscribeFromWaba } from './events.ts';

/** `subscribed_fields`, which some clients send, is not looked at: the app's own subscription has the fields. */
export function parseSubscribe(request: GraphRequest): SubscribeToWaba {
  const overrideUri = request.params['override_callback_uri'];
  const verifyToken = request.params['verify_token'];
  return {
    type: 'subscribe-to-waba',
    ...callerOn(request),
    ...(typeof overrideUri === 'string' && { overrideUri }),
    ...(typeof verifyToken === 'string' && { verifyToken }),
    ...(request.handshake && { handshake: request.handshake }),
  };
}

export const parseList = (request: GraphRequest): ListSubscribedApps => ({
  type: 'list-subscribed-apps',
  wabaId: request.nodeId as WabaId,
});

export const parseUnsubscribe = (request: GraphRequest): UnsubscribeFromWaba => ({
  type: 'unsubscribe-from-waba',
  ...callerOn(request),
});

export const renderSuccess = (): JsonObject => ({ success: true });

/** `override_callback_uri` only where one is set. @see Meta: webhook overrides (documented) */
export const renderApps = (subscribed: readonly SubscribedApp[]): JsonObject => ({
  data: subscribed.map(({ app, override }) => ({
    whatsapp_business_api_data: {
      link: `https://www.facebook.com/games/?app_id=${app.id}`,
      name: app.name,
      id: app.id,
    },
    ...(override && { override_callback_uri: override.url }),
  })),
});

const callerOn = (request: GraphRequest): { wabaId: WabaId; token: string } => ({
  wabaId: request.nodeId as WabaId,
  token: request.token,
});
