/**
 * The tape of a scenario: all that was seen while it was played, so that it can be judged again by somebody who was not
 * there. Plain data.
 */
import type { Values } from '../plan/placeholders.ts';
import type { ProbeName } from '../plan/config.ts';
import type { Exchange } from '../../simulator/index.ts';
import type { Ending } from './facts.ts';

export interface Tape {
  /** Id of the scenario. */
  readonly scenario: string;
  readonly phoneNumberId: string;
  readonly wabaId: string;
  readonly displayPhoneNumber: string;
  /** Ids of the messages that the scenario names. */
  readonly messages: Values;
  /** The probes that were configured, with their selection. */
  readonly probes: Readonly<Partial<Record<ProbeName, { readonly select?: string }>>>;
  /** Whether the output of the system's process could be read. */
  readonly outputRead: boolean;
  /** Every exchange of the scenario's world, numbered from 1 without a gap. */
  readonly exchanges: readonly Exchange[];
  /** Calls that named nothing of any scenario; kept where one of them may have to answer for this one. */
  readonly strays: readonly Exchange[];
  /** One per step that was begun, in their order. */
  readonly moments: readonly Moment[];
  readonly ending: Ending;
}

/** When a step was taken, and what was seen from outside the wire. */
export interface Moment {
  /** Index of the step, from 0. */
  readonly step: number;
  /** Virtual time at its beginning, milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** Number of the newest exchange when it began, and when it was over. */
  readonly from: number;
  readonly to: number;
  readonly straysFrom: number;
  readonly straysTo: number;
  /** Whom the scenario's customers were from here on; missing: as before. */
  readonly customers?: Readonly<Record<string, { readonly waId: string; readonly userId: string }>>;
  /** The last that was heard from outside the wire. */
  readonly heard?: Heard;
}

/** The last answer of a probe, of the handshake, or what the system's output had leaked. */
export type Heard =
  | { readonly kind: 'probe'; readonly answer: Answer }
  | { readonly kind: 'handshake'; readonly answer: HandshakeAnswer }
  | { readonly kind: 'leak'; readonly found?: string };

/** What a probe answered. */
export type Answer =
  | { readonly kind: 'value'; readonly value: unknown }
  /** HTTP 404: there is nothing of that name. */
  | { readonly kind: 'nothing'; readonly from: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** How the webhook answered the handshake, or why it did not. */
export type HandshakeAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'unreachable'; readonly reason: string };
