/**
 * How the inbox conducts itself: every decision that integrations of WhatsApp coexistence are known to get wrong, in one
 * record. Here is the right way; an inbox with another way differs in one line.
 */
import type { Response } from 'express';
import type { Account, ConnectionState } from './connection.ts';
import type { Shown } from './content.ts';
import { oneNumber, type Customer, type Person } from './customers.ts';
import { directionOf, type Direction, type HistoryItem } from './history-direction.ts';
import type { Author, Delivery, Failure, MessageChange } from './inbox-store.ts';
import { isWindowOpen } from './service-window.ts';
import { isOurToken, isSignedByMeta } from './signature.ts';
import type { SessionEvent } from './signup.ts';
import type { Sync, SyncState, SyncType } from './sync.ts';
import { isAutomatic } from './takeover.ts';
import { retryWaitMs } from './throttling.ts';
import type { Webhook, WireMessage, WireStatus } from './wire.ts';

/** What a bot looks at before it answers, and again before it sends. */
export interface Situation {
  readonly humanIsTalking: boolean;
  readonly importIsRunning: boolean;
}

/** What goes on around a message that comes in. */
export interface Around {
  readonly phoneNumberId: string;
  readonly importIsRunning: boolean;
  /** Of the writer only the user id is known. */
  readonly isHidden: boolean;
  /** The same customer wrote a moment ago. */
  readonly burst: boolean;
}

/** Where a message came from. */
export type Origin = 'live' | 'history';

/** Sends somebody the welcome template: past the service window, and past the inbox. */
export type Welcome = (to: Person) => void;

type Ask = (type: SyncType) => void;
type Work = () => Promise<void>;

/** Who may come in, and what is answered at the door. */
interface AtTheDoor {
  readonly isOurToken: (given: string | undefined, verifyToken: string) => boolean;
  readonly shownChallenge: (challenge: string) => string;
  readonly isSignedByMeta: (body: Buffer, header: string | undefined, appSecret: string) => boolean;
  /** Whether what was refused is read all the same. */
  readonly heedsForged: () => boolean;
  /** HTTP status for a webhook that Meta signed. */
  readonly answerTo: (webhook: Webhook, isOurs: (wamid: string) => boolean) => number;
  /** What is waited for before the answer. */
  readonly beforeAnswer: (
    webhook: Webhook,
    look: (phoneNumberId: string) => Promise<unknown>,
  ) => Promise<void>;
  /** What of a webhook is read. */
  readonly readsOf: (webhook: Webhook) => Webhook;
}

/** What is kept, of whom, and how it is shown. */
interface InTheInbox {
  /** What of a person is remembered to know them again. */
  readonly knownBy: (person: Person) => Person;
  /** One form for all forms of a number. */
  readonly oneNumber: (alias: string) => string;
  /** Within what a customer is one customer. */
  readonly scopeOf: (phoneNumberId: string) => string;
  readonly keepsInbound: (shown: Shown, around: Around) => boolean;
  readonly keepsEcho: (to: Person) => boolean;
  readonly keepsQuote: () => boolean;
  /** Whether a message that is already there is stored once more. */
  readonly storesAgain: (origin: Origin) => boolean;
  /** Who an echo is shown to be from. */
  readonly authorOfEcho: () => Author;
  readonly directionOf: (item: HistoryItem) => Direction;
  /** When an imported message was sent, by its own stamp. */
  readonly instantOfPast: (sentAtMs: number) => number;
  readonly fillsPlaceholders: () => boolean;
  /** Whether an `edit`, a `revoke` or a `reaction` counts, for a message that is there or may come yet. */
  readonly applies: (type: string, isKnown: boolean) => boolean;
  readonly keepsStatus: (isKnown: boolean) => boolean;
  readonly changeByStatus: (change: MessageChange) => MessageChange;
  readonly followsContacts: () => boolean;
  /** Whether a change of the address book is older than what is known. */
  readonly isOutdated: (atMs: number, knownMs: number) => boolean;
  readonly onContactRemoved: (forget: () => void) => void;
  readonly onDisconnected: (forget: () => void) => void;
  readonly shownDelivery: (delivery: Delivery) => Delivery;
  readonly shownFailure: (failure: Failure) => Failure | undefined;
  readonly shownState: (state: ConnectionState) => ConnectionState;
  readonly shownSync: (state: SyncState) => SyncState;
}

/** When the bot speaks. */
interface OfTheBot {
  /** Whether this person's messages reach the bot. */
  readonly hears: (person: Person) => boolean;
  /** @param first - this message has not been answered before */
  readonly mayAnswer: (first: boolean) => boolean;
  readonly remembersAtOnce: () => boolean;
  readonly shouldAnswer: (situation: Situation) => boolean;
  /** Asked again before each attempt; the first is 0. */
  readonly isStillWanted: (isWanted: () => boolean, attempt: number) => boolean;
  readonly isAutomatic: typeof isAutomatic;
  /** Whose conversations a person's word takes over. */
  readonly whoIsTakenOver: (customer: Customer, all: readonly Customer[]) => readonly Customer[];
  readonly onEcho: (echo: WireMessage, welcome: Welcome) => void;
  readonly onStatus: (status: WireStatus, welcome: Welcome) => void;
  readonly onHistoryMessage: (message: WireMessage, writer: Person, welcome: Welcome) => void;
  readonly onHistoryMedia: (writer: Person, welcome: Welcome) => void;
  readonly onContactAdded: (welcome: () => void) => void;
}

/** What leaves, and what becomes of what does not. */
interface OfTheSender {
  readonly isWindowOpen: (lastInboundMs: number | undefined, nowMs: number) => boolean;
  readonly maySend: (account: Account) => boolean;
  readonly onSend: (customer: Customer, token: string) => void;
  readonly onSent: (customer: Customer) => void;
  /** How long a refused send waits before it is tried again; nothing: not at all. */
  readonly retryWaitMs: (code: number, attempt: number, firstRetryMs: number) => number | undefined;
  /** Whether a send is made again that nobody answered. */
  readonly repeatsLost: (attempt: number) => boolean;
  readonly onOutage: (account: Account) => void;
}

/** How a number comes, goes and comes back. */
interface OfTheConnection {
  /** Stands in for the code of a popup that gave none. */
  readonly codeOfCancelled: () => string | undefined;
  readonly beforeSignup: (response: Response) => Promise<void>;
  readonly exchangesAgain: () => boolean;
  readonly understands: (event: SessionEvent) => boolean;
  readonly order: (subscribe: Work, connect: Work) => readonly Work[];
  readonly subscribesApp: () => boolean;
  readonly registersNumber: () => boolean;
  /** What is asked for after signup, in this order. */
  readonly syncsAfterSignup: () => readonly SyncType[];
  /** @param first - it was not asked for in this onboarding */
  readonly mayAskForSync: (first: boolean) => boolean;
  readonly stateOfRequest: () => SyncState;
  readonly isImportComplete: (sync: Sync) => boolean;
  readonly onHistoryDeclined: (ask: Ask) => void;
  readonly stateAfterSignup: (before: ConnectionState) => ConnectionState;
  /** Whether an account's event is older than what is known. */
  readonly isStale: (atSeconds: number, knownSeconds: number) => boolean;
  readonly onReconnected: (ask: Ask) => void;
}

export type Conduct = AtTheDoor & InTheInbox & OfTheBot & OfTheSender & OfTheConnection;

const nothing = (): void => undefined;
const soon = (): Promise<void> => Promise.resolve();
const isOlder = (at: number, known: number): boolean => at < known;

const atTheDoor: AtTheDoor = {
  isOurToken,
  shownChallenge: (challenge) => challenge,
  isSignedByMeta,
  heedsForged: () => false,
  // Anything else than 200 brings the webhook again, for up to seven days, and it would be no clearer then.
  answerTo: () => 200,
  beforeAnswer: soon,
  readsOf: (webhook) => webhook,
};

const inTheInbox: InTheInbox = {
  knownBy: (person) => person,
  oneNumber,
  scopeOf: (phoneNumberId) => phoneNumberId,
  keepsInbound: () => true,
  keepsEcho: () => true,
  keepsQuote: () => true,
  storesAgain: () => false,
  authorOfEcho: () => 'phone',
  directionOf,
  instantOfPast: (sentAtMs) => sentAtMs,
  fillsPlaceholders: () => true,
  applies: () => true,
  keepsStatus: () => true,
  changeByStatus: (change) => change,
  followsContacts: () => true,
  isOutdated: isOlder,
  onContactRemoved: nothing,
  onDisconnected: nothing,
  shownDelivery: (delivery) => delivery,
  shownFailure: (failure) => failure,
  shownState: (state) => state,
  shownSync: (state) => state,
};

const ofTheBot: OfTheBot = {
  hears: () => true,
  mayAnswer: (first) => first,
  remembersAtOnce: () => true,
  shouldAnswer: (situation) => !situation.humanIsTalking,
  isStillWanted: (isWanted) => isWanted(),
  isAutomatic,
  whoIsTakenOver: (customer) => [customer],
  onEcho: nothing,
  onStatus: nothing,
  onHistoryMessage: nothing,
  onHistoryMedia: nothing,
  onContactAdded: nothing,
};

const ofTheSender: OfTheSender = {
  isWindowOpen,
  maySend: (account) => account.state === 'connected',
  onSend: nothing,
  onSent: nothing,
  retryWaitMs,
  repeatsLost: () => false,
  onOutage: nothing,
};

const ofTheConnection: OfTheConnection = {
  codeOfCancelled: () => undefined,
  beforeSignup: soon,
  exchangesAgain: () => false,
  understands: () => true,
  // What the syncs bring comes by webhook, and they can be asked for only once.
  order: (subscribe, connect) => [subscribe, connect],
  subscribesApp: () => true,
  // A coexistence number is registered already, by the app; `register` is for numbers without a phone.
  registersNumber: () => false,
  syncsAfterSignup: () => ['smb_app_state_sync', 'history'],
  mayAskForSync: (first) => first,
  stateOfRequest: () => 'requested',
  isImportComplete: (sync) => (sync.progress ?? 0) >= 100,
  onHistoryDeclined: nothing,
  stateAfterSignup: () => 'connected',
  isStale: isOlder,
  onReconnected: nothing,
};

export const conduct: Conduct = {
  ...atTheDoor,
  ...inTheInbox,
  ...ofTheBot,
  ...ofTheSender,
  ...ofTheConnection,
};
