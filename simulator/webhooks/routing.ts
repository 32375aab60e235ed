/** Which receivers a webhook goes to. Pure. */
import type { WebhookEmitted } from '../core/events.ts';
import type { AppId, PhoneNumberId } from '../core/identifiers.ts';
import type { App, ReadonlyWorld, Waba } from '../core/world.ts';

/** One receiver of an emission. */
export interface Route {
  readonly appId: AppId;
  readonly url: string;
}

/**
 * Fields whose callback can be overridden for an account or a number; every other goes to the app's callback.
 *
 * Meta: webhooks/override, read April 2026 (documented).
 */
const messageFields: ReadonlySet<string> = new Set([
  'messages',
  'message_echoes',
  'calls',
  'consumer_profile',
  'messaging_handovers',
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
  'smb_message_echoes',
  'smb_app_state_sync',
  'history',
  'account_settings_update',
  'user_preferences',
  'standby',
]);

/** Whether a field is about one number and its conversations; such webhooks have no `entry[].time`. */
export const isMessageField = (field: string): boolean => messageFields.has(field);

type Emission = Pick<WebhookEmitted, 'field' | 'wabaId' | 'phoneNumberId' | 'unannounced'>;

/**
 * The receivers of an emission, in the order in which the apps subscribed.
 *
 * An app gets it if it is subscribed to the account and to the field. Message fields go to the number's override, else
 * the account's, else the app's callback; the others to the app's callback (documented). While nobody is subscribed to
 * the account, `account_update` goes to every app that has the field: onboarding tells partners of accounts they could
 * not have subscribed to yet (assumed).
 *
 * @param paused - numbers whose message fields do not leave
 */
export function routesOf(
  world: ReadonlyWorld,
  emission: Emission,
  paused: ReadonlySet<PhoneNumberId>,
): readonly Route[] {
  const subscriptions = world.wabas.get(emission.wabaId)?.subscriptions;
  const overridable = messageFields.has(emission.field);
  if (overridable && emission.phoneNumberId && paused.has(emission.phoneNumberId)) return [];
  if (!subscriptions?.size) return emission.field === 'account_update' ? routesToAll(world) : [];
  const routes: Route[] = [];
  for (const [appId, subscription] of subscriptions) {
    const app = world.apps.get(appId);
    if (!app || !(emission.unannounced ?? app.fields.includes(emission.field))) continue;
    const url = overridable ? urlOf(world, emission, app, subscription) : app.callback?.url;
    if (url) routes.push({ appId, url });
  }
  return routes;
}

type Subscription = Waba['subscriptions'] extends Map<AppId, infer Value> ? Value : never;

const urlOf = (
  world: ReadonlyWorld,
  { phoneNumberId }: Emission,
  app: Readonly<App>,
  subscription: Subscription,
): string | undefined =>
  (
    (phoneNumberId && world.phoneNumbers.get(phoneNumberId)?.override) ??
    subscription.override ??
    app.callback
  )?.url;

const routesToAll = (world: ReadonlyWorld): readonly Route[] =>
  [...world.apps.values()].flatMap((app) =>
    app.callback && app.fields.includes('account_update') ? [{ appId: app.id, url: app.callback.url }] : [],
  );
