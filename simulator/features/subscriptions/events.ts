/** An app says where its webhooks go. What comes of it is the core's `app-subscribed`. */
import type { Command } from '../../core/decision.ts';
import type { HandshakeResult } from '../../core/feature.ts';
import type { AppId } from '../../core/identifiers.ts';
import type { Callback } from '../../core/world.ts';

interface OnApp extends Command {
  readonly appId: AppId;
  /** The caller's token: the app's own. */
  readonly token: string;
}

/** `POST /{app-id}/subscriptions`. */
export interface SubscribeApp extends OnApp {
  readonly type: 'subscribe-app';
  readonly callback: Callback;
  /** The whole list from now on; missing: as before. */
  readonly fields?: readonly string[];
  /** Missing: nobody asked the callback, so it is taken at its word. */
  readonly handshake?: HandshakeResult;
}

/** `GET /{app-id}/subscriptions`. */
export interface ReadAppSubscriptions extends OnApp {
  readonly type: 'read-app-subscriptions';
}

/** `DELETE /{app-id}/subscriptions`. */
export interface UnsubscribeApp extends OnApp {
  readonly type: 'unsubscribe-app';
  /** These fields end; missing: the subscription ends. */
  readonly fields?: readonly string[];
}

export type SubscriptionsCommand = SubscribeApp | ReadAppSubscriptions | UnsubscribeApp;
