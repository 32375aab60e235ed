/** Sends what the log says is attempted, and brings the answers back as commands. */
import type { Engine } from '../core/engine.ts';
import { isLazy, type WebhookEmitted } from '../core/events.ts';
import type { Feature } from '../core/feature.ts';
import type { JsonObject } from '../core/json.ts';
import type { LogRecord } from '../core/event-log.ts';
import type { EpochMs } from '../core/time.ts';
import type { AttemptResult, Journal } from '../core/journal.ts';
import { deliveries, type Delivery } from './deliveries.ts';
import type { ConcludeAttempt, DeliveryAttempted, Forgery } from './events.ts';
import { createLanes } from './lanes.ts';
import { createPoster } from './post.ts';
import { serialise } from './serialise.ts';
import { sign, signWrongly, type Signature } from './sign.ts';

export interface EmitterOptions {
  /** Answers are given to its `execute`; a pace passes its own, so that its clock comes along. */
  readonly engine: Pick<Engine, 'world' | 'log' | 'execute'>;
  readonly journal: Pick<Journal, 'record'>;
  /** They make the values that were too large to keep. */
  readonly features: readonly Feature[];
  /** Most POSTs under way for one number; more wait in their order. At least 1. */
  readonly concurrencyPerNumber: number;
  /** Real milliseconds a receiver has to answer. */
  readonly timeLimitMs?: number;
  /** Attempts that a former run was about to make, or whose answer it did not live to see: they are made again. */
  readonly unanswered?: readonly LogRecord[];
  /** Hosts beside loopback that may be reached, by lower-case name. */
  readonly allowHosts?: readonly string[];
}

/** Starts what the engine attempts; running what is due is the pace's affair. */
export interface Emitter {
  /** Starts every attempt that the log has told of, as far as lanes have room; the rest follows by itself. */
  pump(): void;
  /** POSTs that wait for their answer. */
  readonly underWay: number;
  /** Resolves when no attempt is under way or waiting. */
  settled(): Promise<void>;
  /** Breaks off what is under way, without concluding it, and frees the sockets. */
  close(): Promise<void>;
}

/** Most POSTs of one world under way, whatever the number. */
const mostInFlight = 256;

interface Attempt {
  readonly lane: string;
  readonly event: DeliveryAttempted;
  readonly atMs: EpochMs;
}

/** Starts listening to the engine's log; of what was attempted before, only what has no answer is sent. */
export function createEmitter(options: EmitterOptions): Emitter {
  const { engine, journal } = options;
  const poster = createPoster(options);
  const renderers = new Map(options.features.map(({ name, renderLazy }) => [name, renderLazy]));
  const lanes = createLanes<Attempt>(options.concurrencyPerNumber, mostInFlight);
  const aborts = new Set<() => void>();
  let waiting: (() => void)[] = [];
  let pumping = false;
  let closed = false;
  /** What somebody who saw the last genuine webhook could send again. */
  let overheard: Signature | undefined;

  const attempt = ({ event, atMs }: LogRecord): void => {
    if (event.type !== 'delivery-attempted') return;
    const attempted = event as DeliveryAttempted;
    const delivery = deliveries.of(engine.world).pending.get(attempted.deliveryId);
    if (delivery) lanes.add(laneOf(delivery), { lane: laneOf(delivery), event: attempted, atMs });
  };
  const stopListening = engine.log.subscribe(attempt);
  options.unanswered?.forEach(attempt);

  const render = ({ value }: WebhookEmitted): JsonObject => {
    if (!isLazy(value)) return value;
    const make = renderers.get(value.feature);
    if (!make) throw new Error(`Nobody renders the values of “${value.feature}”.`);
    return make(engine.world, value.args);
  };

  const start = (attempt: Attempt): void => {
    const { deliveryId, forgery, stallMs } = attempt.event;
    const delivery = deliveries.of(engine.world).pending.get(deliveryId);
    const secret = delivery && engine.world.apps.get(delivery.appId)?.secret;
    if (!delivery || secret === undefined) throw new Error(`Delivery ${deliveryId} has no app to sign it.`);
    const text = serialise(delivery.emissions.map((emitted) => ({ ...emitted, value: render(emitted) })));
    const body = Buffer.from(text, 'latin1');
    const signature = signatureOf(body, secret, forgery, overheard);
    if (forgery === undefined) overheard = signature;
    const headers = headersOf(signature);
    const wallMs = Date.now();
    const startMs = performance.now();
    const abort = poster.send(
      {
        method: 'POST',
        url: delivery.url,
        headers,
        body,
        ...(stallMs === undefined ? {} : { stallMs }),
      },
      (result) => {
        aborts.delete(abort);
        const latencyMs = performance.now() - startMs;
        const { url, field } = delivery;
        const { attempt: number } = attempt.event;
        journal.record({
          kind: 'webhook',
          atMs: attempt.atMs,
          wallMs,
          url,
          field,
          deliveryId,
          attempt: number,
          headers,
          body: text,
          genuine: forgery === undefined,
          result,
          latencyMs,
        });
        conclude(attempt, result);
      },
    );
    aborts.add(abort);
  };

  const conclude = ({ lane, event }: Attempt, result: AttemptResult): void => {
    lanes.done(lane);
    const command: ConcludeAttempt = {
      type: 'conclude-attempt',
      deliveryId: event.deliveryId,
      attempt: event.attempt,
      result,
    };
    engine.execute(command);
    pump();
    if (lanes.running === 0) release();
  };

  const release = (): void => {
    const released = waiting;
    waiting = [];
    for (const resolve of released) resolve();
  };

  const pump = (): void => {
    // What an attempt sets off may call back here; the loop that is running already will see to it.
    if (pumping || closed) return;
    pumping = true;
    try {
      for (let attempt = lanes.take(); attempt; attempt = lanes.take()) start(attempt);
    } finally {
      pumping = false;
    }
  };

  return {
    pump,
    get underWay() {
      return lanes.running;
    },
    settled() {
      pump();
      return lanes.running === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
    },
    async close() {
      closed = true;
      stopListening();
      for (const abort of aborts) abort();
      aborts.clear();
      release();
      await poster.close();
    },
  };
}

/** Numbers do not wait for one another; what concerns no number goes by receiver and field. */
const laneOf = ({ phoneNumberId, url, field }: Delivery): string => phoneNumberId ?? `${field} ${url}`;

/**
 * The headers of a POST. Signature and content type are documented (Meta: webhooks); the user agent was recorded on
 * Meta's deliveries of 2025 and is assumed for WhatsApp.
 */
function headersOf(signature: Signature | undefined): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'application/json',
    ...(signature && { 'X-Hub-Signature': signature.sha1, 'X-Hub-Signature-256': signature.sha256 }),
    'User-Agent': 'facebookexternalua',
    Accept: '*/*',
  };
}

/** @returns nothing where a forger does not even try */
function signatureOf(
  body: Buffer,
  secret: string,
  forgery: Forgery | undefined,
  overheard: Signature | undefined,
): Signature | undefined {
  switch (forgery) {
    case undefined:
      return sign(secret, body);
    case 'no-signature':
      return undefined;
    case 'replayed-signature':
      return overheard ?? signWrongly(secret, body);
    case 'wrong-signature':
      return signWrongly(secret, body);
  }
}
