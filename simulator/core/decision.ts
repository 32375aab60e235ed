/** What a decision is made of: a command goes in; events and a reply, a refusal or a mistake come out. */
import type { JsonObject } from './json.ts';
import type { EpochMs } from './time.ts';
import type { ReadonlyWorld } from './world.ts';

/** Something that is asked for: by the system under test, the scenario, the operator or the clock. */
export interface Command {
  readonly type: string;
}

/** Something that happened. Plain JSON: the log is a list of these. */
export interface WorldEvent {
  readonly type: string;
}

/** How sure we are of what we say about WhatsApp. */
export type Evidence = 'documented' | 'observed' | 'assumed';

/**
 * What WhatsApp would answer instead of doing it. Data, never an exception.
 *
 * `message` is the text after the `(#code) ` prefix, or the whole text where `bare` is set.
 */
export interface Refusal {
  readonly code: number;
  readonly subcode?: number;
  readonly httpStatus: number;
  readonly type?: 'OAuthException' | 'GraphMethodException';
  readonly message: string;
  /** True where the wire has no `(#code) ` before the message. */
  readonly bare?: boolean;
  readonly details?: string;
  readonly userTitle?: string;
  readonly userMessage?: string;
  readonly isTransient?: boolean;
  /** Keys beside `error` in the body: what went well in a request that partly failed. */
  readonly beside?: JsonObject;
  readonly evidence: Evidence;
  /** Page or recording the refusal was read from. */
  readonly source: string;
}

/** A user of the simulator asked for what cannot be done (an unknown customer, say); never shown to a Graph client. */
export interface MistakeFinding {
  readonly message: string;
  /** The way out. */
  readonly hint?: string;
}

export type Decision<Reply = unknown> =
  | { readonly kind: 'accepted'; readonly events: readonly WorldEvent[]; readonly reply: Reply }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly events: readonly WorldEvent[] }
  | { readonly kind: 'mistaken'; readonly mistake: MistakeFinding };

/** Pure: no clock, no chance, no I/O; the world is read and never written. */
export type Decide<C extends Command = Command, Reply = unknown> = (
  world: ReadonlyWorld,
  command: C,
  nowMs: EpochMs,
) => Decision<Reply>;

export const accept = <Reply>(events: readonly WorldEvent[], reply: Reply): Decision<Reply> => ({
  kind: 'accepted',
  events,
  reply,
});

/** A refusal may leave traces, such as a counted attempt. */
export const refuse = (refusal: Refusal, events: readonly WorldEvent[] = []): Decision<never> => ({
  kind: 'refused',
  refusal,
  events,
});

export const mistake = (message: string, hint?: string): Decision<never> => ({
  kind: 'mistaken',
  mistake: hint === undefined ? { message } : { message, hint },
});
