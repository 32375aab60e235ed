/** An account sends its webhooks to an app, or stops. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { HandshakeResult } from '../../core/feature.ts';
import type { AppId, WabaId } from '../../core/identifiers.ts';
import type { Callback } from '../../core/world.ts';

/** The number's own override follows the account's rules. */
export { mayOverride, refusalOfOverride } from './override.ts';

interface OnWaba extends Command {
  readonly wabaId: WabaId;
  /** The caller's token; it tells which app is meant. */
  readonly token: string;
}

/** `POST /{waba-id}/subscribed_apps`. */
export interface SubscribeToWaba extends OnWaba {
  readonly type: 'subscribe-to-waba';
  /** Missing: the app's own callback is used, and a former override ends. */
  readonly overrideUri?: string;
  readonly verifyToken?: string;
  readonly handshake?: HandshakeResult;
}

/** `GET /{waba-id}/subscribed_apps`. */
export interface ListSubscribedApps extends Command {
  readonly type: 'list-subscribed-apps';
  readonly wabaId: WabaId;
}

/** `DELETE /{waba-id}/subscribed_apps`. */
export interface UnsubscribeFromWaba extends OnWaba {
  readonly type: 'unsubscribe-from-waba';
}

export type SubscribedAppsCommand = SubscribeToWaba | ListSubscribedApps | UnsubscribeFromWaba;

/** The account's webhooks go to the app from now on, to its own callback or to the override. */
export interface WabaSubscribed extends WorldEvent {
  readonly type: 'waba-subscribed';
  readonly wabaId: WabaId;
  readonly appId: AppId;
  readonly override?: Callback;
}

export interface WabaUnsubscribed extends WorldEvent {
  readonly type: 'waba-unsubscribed';
  readonly wabaId: WabaId;
  readonly appId: AppId;
}
