/** Decides deliveries: when one is attempted, how it is treated, what follows from an answer. Pure. */
import { accept, mistake, type Decision, type WorldEvent } from '../core/decision.ts';
import { scheduleAfter, type CommandScheduled, type WebhookEmitted } from '../core/events.ts';
import type { EpochMs } from '../core/time.ts';
import type { ReadonlyWorld } from '../core/world.ts';
import { deliveries, mostPending, newestAccepted, type Delivery, type Held } from './deliveries.ts';
import type {
  AttemptCause,
  AttemptDelivery,
  ConcludeAttempt,
  DeliveryEvent,
  Redeliver,
  SetWebhookFault,
  WebhookFaultsCleared,
} from './events.ts';
import { faultRules, ruleOn, untouched, type Treatment } from './faults.ts';
import { retryDelayMs } from './retries.ts';

type Step = DeliveryEvent | CommandScheduled;

/** Most changes that Meta puts into one POST (documented: Meta: webhooks). */
const mostChanges = 1_000;

const attemptAfter = (
  nowMs: EpochMs,
  afterMs: number,
  deliveryId: number,
  cause: AttemptCause,
): CommandScheduled =>
  scheduleAfter(nowMs, afterMs, { type: 'attempt-delivery', deliveryId, cause } as AttemptDelivery);

/** An emission becomes one delivery for each receiver; the fold has numbered them already. */
export function queueDeliveries(
  world: ReadonlyWorld,
  emitted: WebhookEmitted,
  nowMs: EpochMs,
): readonly Step[] {
  const state = deliveries.of(world);
  const routed = state.routed.get(world.sequence);
  if (!routed) return [];
  return routed.routes.flatMap((route, index): readonly Step[] => {
    const deliveryId = routed.firstId + index;
    const { field } = emitted;
    return [
      { type: 'delivery-queued', deliveryId, emission: world.sequence, field, ...route },
      state.pending.size < mostPending
        ? attemptAfter(nowMs, 0, deliveryId, 'first')
        : { type: 'delivery-abandoned', deliveryId, reason: 'too-many-pending' },
    ];
  });
}

/** Sends a delivery, holds it or loses it, as the faults will have it. */
export function decideAttempt(
  world: ReadonlyWorld,
  { deliveryId, cause }: AttemptDelivery,
  nowMs: EpochMs,
): Decision {
  const delivery = deliveries.of(world).pending.get(deliveryId);
  if (!delivery || isMoot(delivery, cause)) return accept([], undefined);
  if (cause !== 'first') return accept(proceed(world, delivery, cause, nowMs, delivery.treatment), undefined);
  const { faults, held } = deliveries.of(world);
  if (faults.length === 0) return accept(proceed(world, delivery, cause, nowMs, undefined), undefined);
  const overtakes = held.some((one) => one.until === 'overtaken' && isNextFor(world, one, delivery));
  const ruling = ruleOn(faults, delivery.field, overtakes);
  if (ruling.faults.length === 0) return accept(proceed(world, delivery, cause, nowMs, undefined), undefined);
  const treated: Step = { type: 'delivery-treated', deliveryId, ...ruling };
  return accept([treated, ...proceed(world, delivery, cause, nowMs, ruling.treatment)], undefined);
}

/** A copy leaves whatever happened; everything else only while somebody still waits for it. */
const isMoot = (delivery: Delivery, cause: AttemptCause): boolean =>
  cause !== 'copy' && (delivery.settled || (cause === 'held' && !delivery.waiting));

function proceed(
  world: ReadonlyWorld,
  delivery: Delivery,
  cause: AttemptCause,
  nowMs: EpochMs,
  treatment: Treatment = untouched,
): readonly Step[] {
  const { id: deliveryId } = delivery;
  if (treatment.dropped) return [{ type: 'delivery-dropped', deliveryId }];
  if (treatment.delayMs > 0 && cause === 'first')
    return [attemptAfter(nowMs, treatment.delayMs, deliveryId, 'delayed')];
  if (treatment.hold && (cause === 'first' || cause === 'delayed')) {
    const { atMostMs, ...until } = treatment.hold;
    return [
      { type: 'delivery-held', deliveryId, ...until },
      attemptAfter(nowMs, atMostMs, deliveryId, 'held'),
    ];
  }
  return [...passHeld(world, delivery), ...post(delivery, cause, nowMs, treatment)];
}

/** The next delivery to the same receiver; a fault of one field waits for that field. */
function isNextFor(world: ReadonlyWorld, held: Held, next: Delivery): boolean {
  const waiting = deliveries.of(world).pending.get(held.deliveryId);
  return (
    held.deliveryId !== next.id &&
    waiting?.url === next.url &&
    waiting.appId === next.appId &&
    (held.field === undefined || held.field === next.field)
  );
}

/** What becomes of the deliveries that were waiting for this one. */
function passHeld(world: ReadonlyWorld, next: Delivery): readonly Step[] {
  const { held, pending } = deliveries.of(world);
  if (held.length === 0 || next.attempts > 0) return [];
  let changes = next.emissions.length;
  return held
    .filter((one) => isNextFor(world, one, next))
    .flatMap((one): readonly Step[] => {
      const { deliveryId } = one;
      if (one.until === 'overtaken') return [{ type: 'delivery-overtaken', deliveryId, by: next.id }];
      changes += pending.get(deliveryId)?.emissions.length ?? 0;
      return changes > mostChanges ? [] : [{ type: 'delivery-joined', deliveryId, into: next.id }];
    });
}

function post(
  delivery: Delivery,
  cause: AttemptCause,
  nowMs: EpochMs,
  treatment: Treatment,
): readonly Step[] {
  const { id: deliveryId } = delivery;
  const attempt = delivery.attempts + 1;
  const { forgery, stallMs, copiesAfterMs } = treatment;
  const signed = forgery === undefined ? {} : { forgery };
  // What a treatment says of the first POST is over with it; what it says of copies is said by the copies' own turn.
  if (attempt > 1) return [{ type: 'delivery-attempted', deliveryId, attempt, cause, ...signed }];
  const copies = copiesAfterMs.length;
  return [
    {
      type: 'delivery-attempted',
      deliveryId,
      attempt,
      cause,
      ...signed,
      ...(stallMs === undefined ? {} : { stallMs }),
      ...(copies === 0 ? {} : { copies }),
    },
    ...copiesAfterMs.map((afterMs) => attemptAfter(nowMs, afterMs, deliveryId, 'copy')),
  ];
}

/**
 * Takes the receiver's answer: a 200-class status settles the delivery, everything else is tried again.
 *
 * Meta says that anything other than 200 is a failure; whether that includes 201 or 204 nobody has shown, and they are
 * taken here (assumed). Copies and wrongly signed deliveries are not tried again.
 */
export function decideConclusion(
  world: ReadonlyWorld,
  { deliveryId, attempt, result }: ConcludeAttempt,
  nowMs: EpochMs,
): Decision {
  const delivery = deliveries.of(world).pending.get(deliveryId);
  if (!delivery) return accept([], undefined);
  const followers = delivery.followers.map((follower) => attemptAfter(nowMs, 0, follower, 'held'));
  if (result.kind === 'answered' && result.status >= 200 && result.status <= 299) {
    const { status } = result;
    return accept(
      [{ type: 'delivery-accepted', deliveryId, attempt, status } as Step, ...followers],
      undefined,
    );
  }
  const refused: Step = {
    type: 'delivery-refused',
    deliveryId,
    attempt,
    how: result.kind,
    ...(result.kind === 'answered' ? { status: result.status } : {}),
  };
  return accept([refused, ...afterRefusal(delivery, attempt, nowMs), ...followers], undefined);
}

function afterRefusal(delivery: Delivery, attempt: number, nowMs: EpochMs): readonly Step[] {
  const { id: deliveryId } = delivery;
  if (delivery.settled || delivery.copies.includes(attempt)) return [];
  if (delivery.treatment?.forgery !== undefined)
    return [{ type: 'delivery-abandoned', deliveryId, reason: 'not-genuine' }];
  const delayMs = retryDelayMs(delivery.refusals + 1, nowMs - delivery.queuedAtMs);
  return delayMs === undefined
    ? [{ type: 'delivery-abandoned', deliveryId, reason: 'retries-ended' }]
    : [attemptAfter(nowMs, delayMs, deliveryId, 'retry')];
}

/** Most deliveries one fault may meet. */
const mostTimes = mostChanges - 1;

/** Sets a fault, or says what is wrong with it. */
export function decideFault(world: ReadonlyWorld, command: SetWebhookFault): Decision {
  const { rule, field, times, byMs } = command;
  if (!faultRules.includes(rule))
    return mistake(`There is no webhook fault “${rule as string}”.`, `Faults: ${faultRules.join(', ')}.`);
  if (!Number.isInteger(times) || times < 1 || times > mostTimes)
    return mistake(`A webhook fault is met 1 to ${mostTimes} times, not ${times}.`);
  if (!Number.isFinite(byMs) || byMs < 0) return mistake(`A webhook fault cannot last ${byMs} ms.`);
  const faultId = deliveries.of(world).nextFaultId;
  const set: WorldEvent & Step = {
    type: 'webhook-fault-set',
    faultId,
    rule,
    ...(field === undefined ? {} : { field }),
    times,
    byMs,
  };
  return accept([set], { faultId });
}

export function clearFaults(): Decision<undefined> {
  const cleared: WebhookFaultsCleared = { type: 'webhook-faults-cleared' };
  return accept([cleared], undefined);
}

/** Sends the newest accepted webhook of a field again, or says that there is none. */
export function decideRedelivery(
  world: ReadonlyWorld,
  { field, phoneNumberId, deliveryId: wanted }: Redeliver,
  nowMs: EpochMs,
): Decision {
  const state = deliveries.of(world);
  const delivery =
    wanted === undefined
      ? newestAccepted(state, field, phoneNumberId)
      : state.accepted.get(field)?.find(({ id }) => id === wanted);
  if (!delivery && wanted !== undefined && !state.pending.has(wanted))
    return mistake(
      `That webhook of the field “${field}” is not remembered any more.`,
      'The newest 32 accepted ones of a field can be sent once more.',
    );
  // What the receiver has not accepted comes again by itself: that it refuses it is no mistake of whoever asks.
  const refused = [...state.pending.values()].find((one) => one.field === field && one.attempts > 0);
  if (!delivery && refused) return accept([], { deliveryId: refused.id });
  if (!delivery)
    return mistake(
      `No webhook of the field “${field}” has been accepted yet.`,
      'A webhook can be sent once more after the receiver has answered it with a 200-class status.',
    );
  const { id: deliveryId } = delivery;
  const queued: Step = { type: 'redelivery-queued', deliveryId };
  return accept([queued, attemptAfter(nowMs, 0, deliveryId, 'copy')], { deliveryId });
}
