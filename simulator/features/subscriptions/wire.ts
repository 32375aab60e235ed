/** `/{app-id}/subscriptions` as JSON. */
import type { GraphRequest, Handshake } from '../../core/feature.ts';
import type { AppId } from '../../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { AppSubscription } from './decide.ts';
import type { ReadAppSubscriptions, SubscribeApp, UnsubscribeApp } from './events.ts';

/** The newest version there is, printed where the path named none. */
const newestVersion = 'v26.0';

export const parseSubscribe = (request: GraphRequest): SubscribeApp => {
  const fields = namesIn(request.params['fields']);
  return {
    type: 'subscribe-app',
    ...callerOn(request),
    callback: {
      url: textIn(request.params['callback_url']),
      verifyToken: textIn(request.params['verify_token']),
    },
    ...(fields && { fields }),
    ...(request.handshake && { handshake: request.handshake }),
  };
};

/** The callback always has to answer first. */
export const handshakeOf = (request: GraphRequest): Handshake => ({
  url: textIn(request.params['callback_url']),
  verifyToken: textIn(request.params['verify_token']),
});

export const parseRead = (request: GraphRequest): ReadAppSubscriptions => ({
  type: 'read-app-subscriptions',
  ...callerOn(request),
});

export const parseUnsubscribe = (request: GraphRequest): UnsubscribeApp => {
  const fields = namesIn(request.params['fields']);
  return { type: 'unsubscribe-app', ...callerOn(request), ...(fields && { fields }) };
};

export const renderSuccess = (): JsonObject => ({ success: true });

/** The keys are those of Meta's SDK; their values are assumed. */
export const renderSubscriptions = (subscription: AppSubscription, request: GraphRequest): JsonObject => ({
  data: subscription.callback
    ? [
        {
          object: 'whatsapp_business_account',
          callback_url: subscription.callback.url,
          active: true,
          fields: subscription.fields.map((name) => ({ name, version: request.version ?? newestVersion })),
        },
      ]
    : [],
});

const callerOn = (request: GraphRequest): { appId: AppId; token: string } => ({
  appId: request.nodeId as AppId,
  token: request.token,
});

const textIn = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** A list, or its names with commas between them, as forms and queries have it. */
function namesIn(value: JsonValue | undefined): readonly string[] | undefined {
  if (typeof value === 'string')
    return value
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : undefined;
}
