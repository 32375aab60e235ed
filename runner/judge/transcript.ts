/** What happened in one scenario, in order, as a report shows it. Plain data; times are the world's. */
import type { Role } from '../../scenarios/language/scenario.ts';
import type { ShownExchange } from './verdict.ts';

/** Between whom an arrow runs; `time` is the clock, `scenario` a client that is not the system under test. */
export type Actor = 'phone' | 'customer' | 'meta' | 'sut' | 'time' | 'scenario';

export interface Transcript {
  /** Id of the scenario. */
  readonly scenario: string;
  /** Whom the scenario names, and who that was on the wire: `ana` → `15551234567`. */
  readonly people: Readonly<Record<string, string>>;
  readonly entries: readonly TranscriptEntry[];
  /** How it ended, if not at its last step. */
  readonly ending?: string;
}

interface Entry {
  /** Virtual time, milliseconds since the Unix epoch. */
  readonly atMs: number;
}

interface Written extends Entry {
  /** Line of the step in the scenario's file, from 1. */
  readonly line: number;
  /** `customer.sends` */
  readonly does: string;
  /** The step as it stands in the file. */
  readonly text: string;
}

/** An acting step: an arrow from who acts to Meta, or the clock that moves. */
export interface ActingEntry extends Written {
  readonly kind: 'step';
  readonly by: Actor;
}

export interface ExpectationEntry extends Written {
  readonly kind: 'expectation';
  readonly role: Role;
  readonly sight: 'kept' | 'broken' | 'unreachable' | 'unobservable' | 'unclear';
  /** What was expected, and what happened instead; missing where it was kept. */
  readonly expected?: string;
  readonly happened?: string;
}

/** One exchange on the wire. */
export interface WireEntry extends Entry {
  readonly kind: 'webhook' | 'call';
  /** Counts the exchanges of the scenario's world, from 1. */
  readonly number: number;
  readonly from: Actor;
  readonly to: Actor;
  /** `messages`, `smb_message_echoes`: the field, or the edge. */
  readonly about: string;
  readonly exchange: ShownExchange;
  /** Answered with a 200-class status. */
  readonly fine: boolean;
}

export type TranscriptEntry = ActingEntry | ExpectationEntry | WireEntry;
