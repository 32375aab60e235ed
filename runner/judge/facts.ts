/** Facts: what was seen while a scenario was played. Plain data; the judge knows nothing else. */
import type { Exchange } from '../../simulator/index.ts';
import type { Position, Role } from '../../scenarios/language/scenario.ts';
import type { Tape } from './tape.ts';

/**
 * What became of one expectation.
 *
 * - `kept`: seen as expected
 * - `broken`: seen to be otherwise
 * - `unreachable`: the system under test did not answer at all, so nothing was seen
 * - `unobservable`: it takes a probe that is not configured
 * - `unclear`: what should have shown it failed, a probe for example
 */
export type Sight =
  | { readonly kind: 'kept' }
  /** `tooFew`: of what had to be there a certain number of times; that is no sighting of what must not be. */
  | ({ readonly kind: 'broken'; readonly tooFew?: boolean } & Seen)
  | ({ readonly kind: 'unreachable' } & Seen)
  | { readonly kind: 'unobservable'; readonly probe: string }
  | ({ readonly kind: 'unclear' } & Seen);

export interface Seen {
  /** `no messages call to ana for 2 s` */
  readonly expected: string;
  readonly happened: string;
  /** What went over the wire; empty where it is about something that did not happen. */
  readonly exchanges: readonly Exchange[];
}

/** One expectation and what became of it. */
export interface Fact {
  /** `expect.noCall` */
  readonly step: string;
  readonly at: Position;
  readonly role: Role;
  readonly proves: readonly string[];
  /** It says that something does not happen, so seeing it is proof by itself, whatever the controls say. */
  readonly negative: boolean;
  readonly sight: Sight;
}

/** How the playing of a scenario ended. */
export type Ending =
  | { readonly kind: 'finished' }
  /** The process of the system under test died. */
  | {
      readonly kind: 'died';
      readonly exitCode: number | null;
      readonly signal: string | null;
      /** Last lines of its output. */
      readonly output: string;
      readonly at?: Position;
    }
  | { readonly kind: 'too-long'; readonly afterMs: number; readonly at?: Position }
  /** More Graph calls than any sane system makes; `exchanges` are the last few. */
  | {
      readonly kind: 'flooded';
      readonly calls: number;
      readonly exchanges: readonly Exchange[];
      readonly at?: Position;
    }
  /** The config lacks what a step needs, so it could not be taken. */
  | { readonly kind: 'not-equipped'; readonly reason: string; readonly at?: Position }
  /** The platform would not let the scenario do this. */
  | { readonly kind: 'refused'; readonly reason: string; readonly at: Position }
  /** The scenario asks for what cannot be done: its author's mistake. */
  | { readonly kind: 'mistaken'; readonly message: string; readonly hint?: string; readonly at: Position };

/** Something our simulator sent or answered that differs from our own contracts or claims. */
export interface OwnFault {
  /** `webhook messages`, `answer of messages`, `client.calls`. */
  readonly what: string;
  readonly message: string;
  readonly exchange: Exchange;
  readonly at?: Position;
}

/** All that was seen of one scenario. */
export interface ScenarioFacts {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly obligations: readonly string[];
  readonly facts: readonly Fact[];
  readonly ending: Ending;
  readonly ownFaults: readonly OwnFault[];
  /** Real time it took; for people, never judged. */
  readonly tookMs: number;
  /** How often it was played, where more than once. */
  readonly attempts?: number;
  /** Only where one was wanted. */
  readonly tape?: Tape;
}
