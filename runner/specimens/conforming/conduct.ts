/**
 * How the inbox conducts itself: every decision that integrations of WhatsApp coexistence are known to get wrong, in one
 * record. Here is the right way; an inbox with another way differs in one line.
 */
import type { ConnectionState } from './connection.ts';
import type { Person } from './customers.ts';
import { directionOf, type Direction, type HistoryItem } from './history-direction.ts';
import type { Author, Delivery } from './inbox-store.ts';
import { isWindowOpen } from './service-window.ts';
import { isOurToken, isSignedByMeta } from './signature.ts';
import type { SyncType } from './sync.ts';
import { retryWaitMs } from './throttling.ts';
import type { Webhook, WireMessage } from './wire.ts';

/** What a bot looks at before it answers, and again before it sends. */
export interface Situation {
  readonly humanIsTalking: boolean;
  readonly importIsRunning: boolean;
}

/** Where a message came from. */
export type Origin = 'live' | 'history';

/** Sends somebody the welcome template: past the service window, and past the inbox. */
export type Welcome = (to: Person) => void;

export interface Conduct {
  readonly isOurToken: (given: string | undefined, verifyToken: string) => boolean;
  readonly isSignedByMeta: (body: Buffer, header: string | undefined, appSecret: string) => boolean;
  /** HTTP status for a webhook that Meta signed. */
  readonly answerTo: (webhook: Webhook) => number;
  /** What of a webhook is read. */
  readonly readsOf: (webhook: Webhook) => Webhook;

  /** Whether there is a place for this person's messages. */
  readonly serves: (person: Person) => boolean;
  /** Whether a message that is already there is stored once more. */
  readonly storesAgain: (origin: Origin) => boolean;
  /** Who an echo is shown to be from. */
  readonly authorOfEcho: () => Author;
  readonly directionOf: (item: HistoryItem) => Direction;
  readonly appliesEditsAndDeletes: () => boolean;
  readonly followsContacts: () => boolean;
  readonly shownDelivery: (delivery: Delivery) => Delivery;
  readonly shownState: (state: ConnectionState) => ConnectionState;

  /** @param first - this message has not been answered before */
  readonly mayAnswer: (first: boolean) => boolean;
  readonly shouldAnswer: (situation: Situation) => boolean;
  readonly onEcho: (echo: WireMessage, welcome: Welcome) => void;
  readonly onHistoryMessage: (message: WireMessage, writer: Person, welcome: Welcome) => void;
  readonly onHistoryMedia: (writer: Person, welcome: Welcome) => void;

  readonly isWindowOpen: (lastInboundMs: number | undefined, nowMs: number) => boolean;
  readonly maySend: (state: ConnectionState) => boolean;
  /** How long a refused send waits before it is tried again; nothing: not at all. */
  readonly retryWaitMs: (code: number, attempt: number, firstRetryMs: number) => number | undefined;

  readonly subscribesApp: () => boolean;
  readonly registersNumber: () => boolean;
  /** What is asked for after signup, in this order. */
  readonly syncsAfterSignup: () => readonly SyncType[];
  /** @param first - it was not asked for in this onboarding */
  readonly mayAskForSync: (first: boolean) => boolean;
  readonly onHistoryDeclined: (ask: (type: SyncType) => void) => void;
  readonly onReconnected: (ask: (type: SyncType) => void) => void;
}

const nothing = (): void => undefined;

export const conduct: Conduct = {
  isOurToken,
  isSignedByMeta,
  // Anything else than 200 brings the webhook again, for up to seven days, and it would be no clearer then.
  answerTo: () => 200,
  readsOf: (webhook) => webhook,

  serves: () => true,
  storesAgain: () => false,
  authorOfEcho: () => 'phone',
  directionOf,
  appliesEditsAndDeletes: () => true,
  followsContacts: () => true,
  shownDelivery: (delivery) => delivery,
  shownState: (state) => state,

  mayAnswer: (first) => first,
  shouldAnswer: (situation) => !situation.humanIsTalking,
  onEcho: nothing,
  onHistoryMessage: nothing,
  onHistoryMedia: nothing,

  isWindowOpen,
  maySend: (state) => state === 'connected',
  retryWaitMs,

  subscribesApp: () => true,
  // A coexistence number is registered already, by the app; `register` is for numbers without a phone.
  registersNumber: () => false,
  syncsAfterSignup: () => ['smb_app_state_sync', 'history'],
  mayAskForSync: (first) => first,
  onHistoryDeclined: nothing,
  onReconnected: nothing,
};
