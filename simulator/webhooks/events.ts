/** What can be asked of webhook delivery, and what happens there. */
import type { Command, WorldEvent } from '../core/decision.ts';
import type { AppId, PhoneNumberId } from '../core/identifiers.ts';
import type { AttemptResult } from '../core/journal.ts';
import type { Treatment } from './faults.ts';

/** Kinds of hardship; what each does to a delivery is told in `faults.ts`. */
export type FaultRule = 'duplicate' | 'delay' | 'reorder' | 'drop' | 'batch' | Forgery | 'hang';

/** A webhook that somebody else sends: signed with another secret, not at all, or with a signature that was overheard. */
export type Forgery = 'wrong-signature' | 'no-signature' | 'replayed-signature';

/**
 * Why an attempt is due: the delivery is new, was delayed, was held back, was refused before, or is sent once more
 * although nobody refused it.
 */
export type AttemptCause = 'first' | 'delayed' | 'held' | 'retry' | 'copy';

/** Due: tries to deliver. Moot, and then nothing happens, if the delivery was settled in the meantime. */
export interface AttemptDelivery extends Command {
  readonly type: 'attempt-delivery';
  readonly deliveryId: number;
  readonly cause: AttemptCause;
}

/** Brings home what the receiver answered. */
export interface ConcludeAttempt extends Command {
  readonly type: 'conclude-attempt';
  readonly deliveryId: number;
  readonly attempt: number;
  readonly result: AttemptResult;
}

/** The next `times` deliveries (of `field`, if given) meet `rule`. Rules that are set together compose. */
export interface SetWebhookFault extends Command {
  readonly type: 'set-webhook-fault';
  readonly rule: FaultRule;
  /** Missing: any field. */
  readonly field?: string;
  /** 1 to 999. */
  readonly times: number;
  /**
   * How long: virtual milliseconds, but real ones for `hang`. 0: the rule's own default. `drop` and forgeries do
   * not look at it.
   */
  readonly byMs: number;
}

/** No further delivery meets a rule; what was bent stays bent. */
export interface ClearWebhookFaults extends Command {
  readonly type: 'clear-webhook-faults';
}

/** Sends the newest accepted webhook of a field once more, or a certain one: the same bytes. */
export interface Redeliver extends Command {
  readonly type: 'redeliver';
  readonly field: string;
  /** Missing: the newest. */
  readonly deliveryId?: number;
  /** Missing: of any number. */
  readonly phoneNumberId?: PhoneNumberId;
}

export type WebhookCommand =
  AttemptDelivery | ConcludeAttempt | SetWebhookFault | ClearWebhookFaults | Redeliver;

/** An emission goes to one receiver. */
export interface DeliveryQueued extends WorldEvent {
  readonly type: 'delivery-queued';
  /** Counts the deliveries of a world, from 1. */
  readonly deliveryId: number;
  /** Sequence of the `webhook-emitted` whose value it carries. */
  readonly emission: number;
  readonly field: string;
  readonly url: string;
  /** Whose secret signs it. */
  readonly appId: AppId;
}

/** Faults decided what becomes of the delivery. */
export interface DeliveryTreated extends WorldEvent {
  readonly type: 'delivery-treated';
  readonly deliveryId: number;
  readonly treatment: Treatment;
  /** Ids of the faults that were used up by one. */
  readonly faults: readonly number[];
}

/** Waits for the next delivery to the same receiver, to go behind it or with it. */
export interface DeliveryHeld extends WorldEvent {
  readonly type: 'delivery-held';
  readonly deliveryId: number;
  readonly until: 'overtaken' | 'joined';
  /** The next one has to be of this field; missing: of any. */
  readonly field?: string;
}

/** A held delivery leaves once `by` has been answered. */
export interface DeliveryOvertaken extends WorldEvent {
  readonly type: 'delivery-overtaken';
  readonly deliveryId: number;
  readonly by: number;
}

/** A held delivery became part of another's POST and is none of its own any more. */
export interface DeliveryJoined extends WorldEvent {
  readonly type: 'delivery-joined';
  readonly deliveryId: number;
  readonly into: number;
}

/** Lost on purpose. */
export interface DeliveryDropped extends WorldEvent {
  readonly type: 'delivery-dropped';
  readonly deliveryId: number;
}

/** A POST leaves; the emitter acts on this. */
export interface DeliveryAttempted extends WorldEvent {
  readonly type: 'delivery-attempted';
  readonly deliveryId: number;
  /** 1 for the first POST of the delivery, whatever caused the later ones. */
  readonly attempt: number;
  readonly cause: AttemptCause;
  /** Signed wrongly on purpose, and how. */
  readonly forgery?: Forgery;
  /** Real milliseconds that the body stalls after its first byte; 0: until the time limit. Missing: not at all. */
  readonly stallMs?: number;
  /** How many copies are scheduled to follow; missing: none. */
  readonly copies?: number;
}

/** The receiver answered with a 200-class status in time. */
export interface DeliveryAccepted extends WorldEvent {
  readonly type: 'delivery-accepted';
  readonly deliveryId: number;
  readonly attempt: number;
  readonly status: number;
}

/** The receiver answered otherwise, too late, or not at all. Bodies and reasons are in the journal. */
export interface DeliveryRefused extends WorldEvent {
  readonly type: 'delivery-refused';
  readonly deliveryId: number;
  readonly attempt: number;
  readonly how: AttemptResult['kind'];
  /** Set where it was answered. */
  readonly status?: number;
}

/** There will be no further attempt. */
export interface DeliveryAbandoned extends WorldEvent {
  readonly type: 'delivery-abandoned';
  readonly deliveryId: number;
  readonly reason: 'retries-ended' | 'not-genuine' | 'too-many-pending';
}

export interface RedeliveryQueued extends WorldEvent {
  readonly type: 'redelivery-queued';
  readonly deliveryId: number;
}

export interface WebhookFaultSet extends WorldEvent {
  readonly type: 'webhook-fault-set';
  readonly faultId: number;
  readonly rule: FaultRule;
  readonly field?: string;
  readonly times: number;
  readonly byMs: number;
}

export interface WebhookFaultsCleared extends WorldEvent {
  readonly type: 'webhook-faults-cleared';
}

/** From the account's features: message fields of this number stop. */
export interface WebhooksPaused extends WorldEvent {
  readonly type: 'webhooks-paused';
  readonly phoneNumberId: PhoneNumberId;
}

/** From the account's features: they come again; what was emitted meanwhile is lost. */
export interface WebhooksResumed extends WorldEvent {
  readonly type: 'webhooks-resumed';
  readonly phoneNumberId: PhoneNumberId;
}

export type DeliveryEvent =
  | DeliveryQueued
  | DeliveryTreated
  | DeliveryHeld
  | DeliveryOvertaken
  | DeliveryJoined
  | DeliveryDropped
  | DeliveryAttempted
  | DeliveryAccepted
  | DeliveryRefused
  | DeliveryAbandoned
  | RedeliveryQueued
  | WebhookFaultSet
  | WebhookFaultsCleared;
