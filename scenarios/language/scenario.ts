/** The scenario language as types: what a parsed file is. The wire form is `scenario.schema.json`. */

import type { Content } from './message-content.ts';
import type { BehaviourOverrides } from './vocabulary.ts';

/** Where something stands in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A scenario, read and checked. Durations are milliseconds; names of customers and messages are still names. */
export interface Scenario {
  /** Path below the scenario folder, without extension: `echoes/reply-on-the-phone-silences-the-bot`. */
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly about?: string;
  /** Obligations it can prove or disprove; empty for one that only shows the platform. */
  readonly obligations: readonly string[];
  readonly number: NumberSetup;
  /** A second business with an account of its own, which the same system serves. */
  readonly neighbour?: NumberSetup;
  readonly customers: Readonly<Record<string, CustomerSetup>>;
  /** What the phone holds from before onboarding. */
  readonly history: HistorySetup;
  /** The phone's address book. */
  readonly contacts: readonly ContactSetup[];
  /** Overrides of the platform's defaults, by the names of `simulator/core/behaviour.ts`. */
  readonly behaviour: BehaviourOverrides;
  /** Variants of the platform under which the steps are played, by name; missing: the usual one alone. */
  readonly matrix?: Readonly<Record<string, { readonly behaviour: BehaviourOverrides }>>;
  readonly anchor: Anchor;
  /** What has to be there of the system under test besides; without it nothing can be told. */
  readonly needs?: readonly Need[];
  readonly steps: readonly Step[];
}

/** `clock`: the system's own clock follows the scenario's. */
export const needs = ['clock'] as const;
export type Need = (typeof needs)[number];

/** Which instant is now: the last step, the first, or neither (an instant, milliseconds since the epoch). */
export type Anchor = 'end' | 'start' | { readonly startMs: number };

export interface NumberSetup {
  readonly state: 'fresh' | 'app-only' | 'coexistence' | 'cloud-api' | 'offboarded' | 'disconnected';
  readonly name?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** The app is subscribed to the account's webhooks before the first step. */
  readonly subscribed: boolean;
  /** How long before the first step the number was onboarded; for `coexistence`. */
  readonly onboardedAgoMs: number;
}

export interface CustomerSetup {
  readonly name?: string;
  readonly country: string;
  readonly username?: string;
  readonly hidesNumber: boolean;
  readonly device: 'android' | 'iphone' | 'web' | 'windows' | 'wear-os';
}

export interface HistorySetup {
  readonly messages: number;
  readonly threads: number;
  /** Days back that it reaches; WhatsApp shares 180 at most. */
  readonly days: number;
  /** Of a thousand messages, how many are media. */
  readonly mediaPerMille: number;
  /** What the owner chose while onboarding a number that starts as `coexistence`. */
  readonly sharing: 'shared' | 'declined';
}

export interface ContactSetup {
  readonly name: string;
  /** A customer of this scenario; else an invented number. */
  readonly of?: string;
}

export type { Content, OrderedItem } from './message-content.ts';

interface StepBase {
  /** `customer.sends`. */
  readonly name: string;
  readonly at: Position;
}

export type ActingStep = StepBase &
  (
    | {
        readonly does: 'customer.sends';
        readonly from: string;
        readonly content: Content;
        readonly as?: string;
        readonly replyTo?: string;
        /** The kind of advertisement that the customer came through, if any. */
        readonly viaAd: 'image' | 'video' | 'status' | false;
        /** It was forwarded to the business, or has been forwarded many times. */
        readonly forwarded?: 'once' | 'often';
        /** The product that it is about, by the retailer's own id. */
        readonly product?: string;
        /** The first message of a chat: the API sees 131060 before it sees the text. */
        readonly firstContact: boolean;
        /** To the other business that the system serves. */
        readonly on?: 'neighbour';
        readonly meanwhile: boolean;
      }
    | {
        readonly does: 'customer.reacts';
        readonly from: string;
        readonly message: string;
        readonly emoji: string;
      }
    | {
        readonly does: 'customer.edits';
        readonly from: string;
        readonly message: string;
        readonly text: string;
      }
    | { readonly does: 'customer.changesNumber'; readonly from: string }
    /** From now on webhooks show the user id alone. */
    | { readonly does: 'customer.hidesNumber'; readonly from: string; readonly username: string }
    | { readonly does: 'customer.revokes'; readonly from: string; readonly message: string }
    | { readonly does: 'customer.calls'; readonly from: string; readonly video: boolean }
    | { readonly does: 'customer.sendsToGroup'; readonly from: string; readonly text: string }
    | {
        readonly does: 'app.sends';
        readonly to: string;
        readonly content: Content;
        readonly as?: string;
        readonly replyTo?: string;
        /** The app wrote it by itself. */
        readonly automatic?: 'greeting' | 'away';
        readonly device: 'phone' | 'web' | 'windows' | 'wear-os';
        /** From the phone of the other business that the system serves. */
        readonly on?: 'neighbour';
        readonly meanwhile: boolean;
      }
    | { readonly does: 'app.reacts'; readonly to: string; readonly message: string; readonly emoji: string }
    | { readonly does: 'app.edits'; readonly message: string; readonly text: string }
    | { readonly does: 'app.revokes'; readonly message: string }
    | { readonly does: 'app.saves'; readonly contact: ContactSetup }
    | { readonly does: 'app.removes'; readonly contact: { readonly of: string } }
    | { readonly does: 'app.sendsToGroup'; readonly text: string }
    | { readonly does: 'app.posts'; readonly status: string }
    | {
        readonly does: 'app.broadcasts';
        readonly to: readonly string[];
        readonly text: string;
        /** The app is to refuse it, as it does in coexistence; doing it is then the mistake. */
        readonly refused: boolean;
      }
    | { readonly does: 'app.calls'; readonly to: string; readonly video: boolean }
    | {
        readonly does: 'app.turnsOn';
        readonly feature: 'disappearing-messages' | 'view-once' | 'live-location' | 'broadcast-lists';
        readonly chat?: string;
        /** The app is to refuse it, as it does in coexistence; doing it is then the mistake. */
        readonly refused: boolean;
      }
    | { readonly does: 'app.opens' }
    /** The owner opens a chat: the customer sees that it was read, the API hears nothing. */
    | { readonly does: 'app.reads'; readonly from: string }
    /** Turns a greeting or away message on, or off where there is no text. */
    | { readonly does: 'app.automates'; readonly message: 'greeting' | 'away'; readonly text?: string }
    | {
        readonly does: 'app.links' | 'app.unlinks';
        readonly device: 'web' | 'mac' | 'windows' | 'wear-os';
      }
    | { readonly does: 'app.disconnects' }
    | { readonly does: 'app.changesDevice'; readonly staysConnected: boolean }
    | {
        readonly does: 'app.leaves';
        readonly reason:
          | 'COMPANION_INACTIVITY'
          | 'BUSINESS_DOWNGRADE'
          | 'ACCOUNT_DISCONNECTED'
          | 'CHANGE_NUMBER'
          | 'USER_RE_REGISTERED';
      }
    | { readonly does: 'customer.setsMarketing'; readonly from: string; readonly to: 'stop' | 'resume' }
    | { readonly does: 'signup.completes'; readonly history: 'shared' | 'declined' }
    /** A precondition of onboarding the number fails from now on, or none does. */
    | {
        readonly does: 'signup.blocks';
        readonly by:
          | 'app-version'
          | 'account-type'
          | 'other-partner'
          | 'other-account'
          | 'activity'
          | 'country'
          | 'nothing';
      }
    /** The owner agrees on the phone to what somebody began in the pop-up, and chooses about past chats. */
    | { readonly does: 'app.confirmsSignup'; readonly history: 'shared' | 'declined' }
    /** The page hands the code and the event of the last signup over once more. */
    | { readonly does: 'signup.repeats' }
    /** The pop-up is closed before its end; the system gets the event, and no code. */
    | {
        readonly does: 'signup.cancels';
        /** The screen that was open, as the event names it. */
        readonly screen: string;
      }
    | { readonly does: 'time.passes'; readonly durationMs: number }
    | {
        readonly does: 'webhooks.fault';
        readonly rule:
          | 'duplicate'
          | 'delay'
          | 'reorder'
          | 'drop'
          | 'batch'
          | 'wrong-signature'
          | 'no-signature'
          | 'replayed-signature'
          | 'hang';
        readonly field?: string;
        readonly times: number;
        readonly byMs: number;
      }
    /** No fault is left: of webhooks; of the Graph, ordered refusals included. */
    | { readonly does: 'webhooks.heals' | 'graph.heals' }
    /** Sends the newest webhook of a field once more, the same bytes. */
    | { readonly does: 'webhooks.redeliver'; readonly field: string }
    | {
        readonly does: 'graph.refuse';
        readonly edge: string;
        readonly code: number;
        readonly subcode?: number;
        readonly times: number;
        /** How an error comes that comes in both ways. */
        readonly as?: 'answer' | 'status';
      }
    | {
        readonly does: 'graph.fault';
        readonly kind: 'latency' | 'error' | 'reset' | 'hang';
        /** Missing: every edge. */
        readonly edge?: string;
        /** Of `error`: 500 to 504. */
        readonly status: number;
        /** Of `latency`, in real time. */
        readonly byMs: number;
        readonly times: number;
        /** The request is carried out before the client learns nothing of it. */
        readonly applied: boolean;
      }
    | {
        readonly does: 'meta.reviewsTemplate';
        readonly template: string;
        /** Missing: in all languages it has. */
        readonly language?: string;
        readonly status: 'APPROVED' | 'REJECTED' | 'PAUSED' | 'DISABLED' | 'IN_APPEAL';
        readonly reason?: string;
      }
    | {
        readonly does: 'meta.ratesTemplate';
        readonly template: string;
        readonly language?: string;
        readonly quality?: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
        readonly category?: 'AUTHENTICATION' | 'MARKETING' | 'UTILITY';
      }
    /** A webhook with exactly this value, which keeps the field's contract. */
    | {
        readonly does: 'meta.notifies';
        readonly field: string;
        /** May hold the placeholders of `client.calls`. */
        readonly value: Readonly<Record<string, unknown>>;
      }
    /** A webhook of a field that nobody knows yet. */
    | {
        readonly does: 'meta.invents';
        readonly field: string;
        readonly value: Readonly<Record<string, unknown>>;
      }
    /** A Graph client that is not the system under test, with its token: shows what the platform answers. */
    | {
        readonly does: 'client.calls';
        readonly method: 'GET' | 'POST' | 'DELETE';
        /** May hold `{phone-number-id}`, `{waba-id}`, `{app-id}`, and `{customer}` names. */
        readonly path: string;
        readonly body?: Readonly<Record<string, unknown>>;
        /** What we claim the platform answers; another answer is our fault, not that of the system under test. */
        readonly answers: { readonly status: number; readonly code?: number };
      }
  );

/** What a failing expectation says: the obligation is broken, or nothing could be told. */
export type Role = 'proof' | 'control';

export type Expectation = StepBase & {
  /** Obligations it proves, if it is a proof; for a control, those it stands behind. */
  readonly proves: readonly string[];
  readonly role: Role;
} & (
    | {
        readonly does: 'expect.call';
        readonly match: CallMatch;
        /** Name for the message that was sent by it; with `count`, for the first. */
        readonly as?: string;
        readonly count: number;
        readonly withinMs: number;
      }
    | { readonly does: 'expect.noCall'; readonly match: CallMatch; readonly forMs: number }
    | {
        readonly does: 'expect.acknowledged';
        readonly field: string;
        readonly withinMs: number;
        /** Longest that any answer may have taken, real time. */
        readonly answeredInMs?: number;
      }
    /** The system answered a webhook with anything but a 200-class status. */
    | { readonly does: 'expect.refused'; readonly field: string; readonly withinMs: number }
    | { readonly does: 'expect.handshake'; readonly token: 'right' | 'wrong' }
    /** Nothing that the system has written so far holds a token or a secret. */
    | { readonly does: 'expect.noLeak' }
    | {
        readonly does: 'expect.conversation';
        readonly of: string;
        readonly has?: ShownMessage;
        readonly lacks?: ShownMessage;
        /** How many messages match `has`; missing: at least one. */
        readonly count?: number;
        readonly withinMs: number;
      }
    | {
        readonly does: 'expect.connection';
        readonly is: 'connected' | 'disconnected';
        /** How long it has to stay so, real time; missing: one look. */
        readonly forMs?: number;
        readonly withinMs: number;
      }
    | {
        readonly does: 'expect.contact';
        readonly of: string;
        /** The name it has; `name` in the file, which here is the step's own. */
        readonly named?: string;
        readonly absent: boolean;
        readonly withinMs: number;
      }
    | {
        readonly does: 'expect.sync';
        readonly of: 'history' | 'contacts';
        readonly is: 'none' | 'requested' | 'running' | 'complete' | 'declined';
        readonly withinMs: number;
      }
  );

/** Which Graph calls an expectation is about. Everything given must fit. */
export interface CallMatch {
  readonly edge: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** The recipient, by customer name. */
  readonly to?: string;
  /** Values the request's parameters must hold, compared key by key. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** How it was answered. */
  readonly answered?: { readonly status?: number; readonly code?: number };
  /** An edge that the system had not called yet, or not with success. */
  readonly before?: string;
}

/** A message as an inbox shows it; everything given must fit. */
export interface ShownMessage {
  readonly text?: string;
  readonly author?: 'customer' | 'phone' | 'bot' | 'agent';
  /** A message of this scenario, by its name (`as:`). */
  readonly message?: string;
  readonly status?: 'sent' | 'delivered' | 'read' | 'failed';
  readonly edited?: boolean;
  readonly deleted?: boolean;
  /** Graph's code of why it failed. */
  readonly error?: number;
  /** The message it quotes, by its name. */
  readonly replyTo?: string;
  /** Only that there was something is known, not what. */
  readonly placeholder?: boolean;
  /** Its own time lies at least so far back, milliseconds. */
  readonly olderThan?: number;
}

export type Step = ActingStep | Expectation;

export const isExpectation = (step: Step): step is Expectation => step.does.startsWith('expect.');
