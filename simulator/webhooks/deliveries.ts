/** The deliveries that are under way: the room's part of the world, and what its events change there. */
import { evolves } from '../core/feature.ts';
import type { WebhookEmitted } from '../core/events.ts';
import type { AppId, PhoneNumberId } from '../core/identifiers.ts';
import type { EpochMs } from '../core/time.ts';
import { slice, type World } from '../core/world.ts';
import type { DeliveryEvent, DeliveryHeld, WebhooksPaused, WebhooksResumed } from './events.ts';
import type { Fault, Treatment } from './faults.ts';
import { routesOf, type Route } from './routing.ts';

/** One emission on its way to one receiver. */
export interface Delivery {
  readonly id: number;
  readonly appId: AppId;
  readonly url: string;
  readonly field: string;
  readonly phoneNumberId?: PhoneNumberId;
  readonly queuedAtMs: EpochMs;
  /** What the POST carries: the emission, behind those that a `batch` fault joined to it. */
  emissions: readonly WebhookEmitted[];
  /** Set once faults have decided; missing where none was set. */
  treatment?: Treatment;
  /** POSTs so far. */
  attempts: number;
  /** Refused POSTs so far, copies not counted; they alone space the retries. */
  refusals: number;
  /** Numbers of the attempts that are copies; nothing follows from their refusal. */
  copies: readonly number[];
  /** Copies that are scheduled and have not left. */
  copiesToCome: number;
  inFlight: number;
  /** Held back and not let go yet. */
  waiting: boolean;
  /** Deliveries that leave once this one has been answered. */
  followers: readonly number[];
  /** Accepted or abandoned; stays until the last copy is home. */
  settled: boolean;
}

/** A held delivery that is still looking for its next one. */
export interface Held {
  readonly deliveryId: number;
  readonly until: DeliveryHeld['until'];
  readonly field?: string;
}

/** An emission whose deliveries have not all been queued yet. */
interface Routed {
  readonly emitted: WebhookEmitted;
  readonly routes: readonly Route[];
  readonly firstId: number;
  left: number;
}

interface Deliveries {
  nextId: number;
  nextFaultId: number;
  /** By the sequence of the emission. */
  readonly routed: Map<number, Routed>;
  readonly pending: Map<number, Delivery>;
  /** The newest accepted ones by field, newest last; what `redeliver` chooses from. */
  readonly accepted: Map<string, Delivery[]>;
  held: readonly Held[];
  faults: readonly Fault[];
  readonly paused: Set<PhoneNumberId>;
}

/** Most deliveries under way in one world; above it, new ones are abandoned at once. */
export const mostPending = 200_000;
/** Accepted deliveries remembered for each field. */
const mostRemembered = 32;

export const deliveries = slice<Deliveries>('webhooks', () => ({
  nextId: 1,
  nextFaultId: 1,
  routed: new Map(),
  pending: new Map(),
  accepted: new Map(),
  held: [],
  faults: [],
  paused: new Set(),
}));

/** Runs `change` on a pending delivery and lets it go when it has nothing more to do. */
function change(
  world: World,
  deliveryId: number,
  change: (delivery: Delivery, state: Deliveries) => void,
): void {
  const state = deliveries.in(world);
  const delivery = state.pending.get(deliveryId);
  if (!delivery) return;
  change(delivery, state);
  if (delivery.settled && delivery.inFlight === 0 && delivery.copiesToCome === 0)
    state.pending.delete(deliveryId);
}

/** The newest accepted delivery of a field, if one is remembered. */
export function newestAccepted(
  { accepted }: Readonly<Deliveries>,
  field: string,
  phoneNumberId?: PhoneNumberId,
): Delivery | undefined {
  return accepted
    .get(field)
    ?.findLast((delivery) => phoneNumberId === undefined || delivery.phoneNumberId === phoneNumberId);
}

function remember(state: Deliveries, delivery: Delivery): void {
  if (delivery.treatment?.forgery !== undefined) return;
  const known = state.accepted.get(delivery.field);
  if (!known) {
    state.accepted.set(delivery.field, [delivery]);
    return;
  }
  if (known.at(-1) === delivery) return;
  known.push(delivery);
  if (known.length > mostRemembered) known.shift();
}

const without = (held: readonly Held[], deliveryId: number): readonly Held[] =>
  held.length === 0 ? held : held.filter((one) => one.deliveryId !== deliveryId);

/** Numbers the deliveries of an emission before reactions run, so that emissions of one decision cannot share ids. */
function route(world: World, emitted: WebhookEmitted): void {
  const state = deliveries.in(world);
  const routes = routesOf(world, emitted, state.paused);
  if (routes.length === 0) return;
  state.routed.set(world.sequence, { emitted, routes, firstId: state.nextId, left: routes.length });
  state.nextId += routes.length;
}

export const evolveDeliveries = evolves<DeliveryEvent | WebhookEmitted | WebhooksPaused | WebhooksResumed>({
  'webhook-emitted': route,
  'webhooks-paused': (world, { phoneNumberId }) => {
    deliveries.in(world).paused.add(phoneNumberId);
  },
  'webhooks-resumed': (world, { phoneNumberId }) => {
    deliveries.in(world).paused.delete(phoneNumberId);
  },
  'delivery-queued': (world, event, atMs) => {
    const state = deliveries.in(world);
    const routed = state.routed.get(event.emission);
    if (!routed) return;
    routed.left -= 1;
    if (routed.left === 0) state.routed.delete(event.emission);
    const { phoneNumberId } = routed.emitted;
    state.pending.set(event.deliveryId, {
      id: event.deliveryId,
      appId: event.appId,
      url: event.url,
      field: event.field,
      ...(phoneNumberId === undefined ? {} : { phoneNumberId }),
      queuedAtMs: atMs,
      emissions: [routed.emitted],
      attempts: 0,
      refusals: 0,
      copies: [],
      copiesToCome: 0,
      inFlight: 0,
      waiting: false,
      followers: [],
      settled: false,
    });
  },
  'delivery-treated': (world, { deliveryId, treatment, faults }) => {
    change(world, deliveryId, (delivery, state) => {
      delivery.treatment = treatment;
      state.faults = state.faults.flatMap((fault) => {
        const left = faults.includes(fault.id) ? fault.left - 1 : fault.left;
        return left > 0 ? [{ ...fault, left }] : [];
      });
    });
  },
  'delivery-held': (world, { deliveryId, until, field }) => {
    change(world, deliveryId, (delivery, state) => {
      delivery.waiting = true;
      state.held = [...state.held, { deliveryId, until, ...(field === undefined ? {} : { field }) }];
    });
  },
  'delivery-overtaken': (world, { deliveryId, by }) => {
    change(world, by, (delivery, state) => {
      delivery.followers = [...delivery.followers, deliveryId];
      state.held = without(state.held, deliveryId);
    });
  },
  'delivery-joined': (world, { deliveryId, into }) => {
    const joined = deliveries.in(world).pending.get(deliveryId);
    change(world, into, (delivery, state) => {
      // Its own comes last: it was emitted after all that waited for it.
      const { emissions } = delivery;
      delivery.emissions = [...emissions.slice(0, -1), ...(joined?.emissions ?? []), ...emissions.slice(-1)];
      state.held = without(state.held, deliveryId);
      state.pending.delete(deliveryId);
    });
  },
  'delivery-dropped': (world, { deliveryId }) => {
    change(world, deliveryId, (delivery) => {
      delivery.settled = true;
    });
  },
  'delivery-attempted': (world, { deliveryId, attempt, cause, copies }) => {
    change(world, deliveryId, (delivery, state) => {
      delivery.attempts = attempt;
      delivery.inFlight += 1;
      delivery.waiting = false;
      delivery.copiesToCome += copies ?? 0;
      state.held = without(state.held, deliveryId);
      if (cause !== 'copy') return;
      delivery.copiesToCome -= 1;
      delivery.copies = [...delivery.copies, attempt];
    });
  },
  'delivery-accepted': (world, { deliveryId }) => {
    change(world, deliveryId, (delivery, state) => {
      delivery.inFlight -= 1;
      delivery.settled = true;
      delivery.followers = [];
      remember(state, delivery);
    });
  },
  'delivery-refused': (world, { deliveryId, attempt }) => {
    change(world, deliveryId, (delivery) => {
      delivery.inFlight -= 1;
      delivery.followers = [];
      if (!delivery.copies.includes(attempt)) delivery.refusals += 1;
    });
  },
  'delivery-abandoned': (world, { deliveryId }) => {
    change(world, deliveryId, (delivery) => {
      delivery.settled = true;
    });
  },
  'redelivery-queued': (world, { deliveryId }) => {
    const state = deliveries.in(world);
    const known = [...state.accepted.values()].flat().find((delivery) => delivery.id === deliveryId);
    if (!known) return;
    known.copiesToCome += 1;
    state.pending.set(deliveryId, known);
  },
  'webhook-faults-cleared': (world) => {
    deliveries.in(world).faults = [];
  },
  'webhook-fault-set': (world, { faultId, rule, field, times, byMs }) => {
    const state = deliveries.in(world);
    state.nextFaultId = faultId + 1;
    const fault: Fault = { id: faultId, rule, left: times, byMs, ...(field === undefined ? {} : { field }) };
    state.faults = [...state.faults, fault];
  },
});
