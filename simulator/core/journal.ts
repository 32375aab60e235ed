/**
 * The journal: every exchange on the wire, as a runner judges it and a console shows it.
 *
 * Bounded by count and by bytes. What falls out is gone from memory; whoever wants all of it subscribes.
 */
import type { JsonValue } from './json.ts';
import type { EpochMs } from './time.ts';

/** A Graph call and its answer. */
export interface GraphExchange {
  readonly kind: 'graph';
  /** Counts all exchanges of the world, from 1. */
  readonly number: number;
  readonly atMs: EpochMs;
  /** Real time, milliseconds since the Unix epoch; for people, never judged. */
  readonly wallMs: number;
  readonly method: string;
  /** As it came, without the token. */
  readonly path: string;
  /** Edge by its contract's name; empty where no edge matched. */
  readonly edge: string;
  readonly params: JsonValue;
  readonly status: number;
  readonly answer: JsonValue;
  /** Called by the scenario itself, not by the system under test. */
  readonly byScenario: boolean;
}

/** How a delivery attempt ended. */
export type AttemptResult =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'timed-out'; readonly afterMs: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** One attempt to deliver a webhook. */
export interface WebhookExchange {
  readonly kind: 'webhook';
  readonly number: number;
  readonly atMs: EpochMs;
  readonly wallMs: number;
  readonly url: string;
  readonly field: string;
  /** Which delivery this was an attempt of; redeliveries and retries share it. */
  readonly deliveryId: number;
  /** 1 for the first. */
  readonly attempt: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The exact bytes, as text. */
  readonly body: string;
  /** False where a fault signed it wrongly on purpose. */
  readonly genuine: boolean;
  readonly result: AttemptResult;
  readonly latencyMs: number;
}

export type Exchange = GraphExchange | WebhookExchange;

type Unnumbered<T> = T extends Exchange ? Omit<T, 'number'> : never;

export interface Journal {
  /** Takes the exchange over: it is numbered in place, and the caller leaves it alone from then on. */
  record(exchange: Unnumbered<Exchange>): void;
  /** Exchanges numbered above `number` that are still in memory, oldest first. */
  since(number: number): readonly Exchange[];
  /** Number of the newest exchange; 0 before the first. */
  readonly newest: number;
  subscribe(listener: (exchange: Exchange) => void): () => void;
}

/** Most exchanges and bytes of bodies held in memory. */
export interface JournalBounds {
  readonly exchanges: number;
  readonly bytes: number;
}

const defaultBounds: JournalBounds = { exchanges: 10_000, bytes: 32 * 1024 * 1024 };

export function createJournal(bounds: JournalBounds = defaultBounds): Journal {
  let kept: Exchange[] = [];
  /** Index of the oldest exchange that has not been let go. */
  let first = 0;
  let bytes = 0;
  let newest = 0;
  const listeners = new Set<(exchange: Exchange) => void>();

  const letGo = (): void => {
    while (kept.length - first > 1 && (kept.length - first > bounds.exchanges || bytes > bounds.bytes)) {
      const oldest = kept[first];
      if (oldest) bytes -= sizeOf(oldest);
      first += 1;
    }
    // Cutting only when half is free keeps the cost of forgetting at one move per exchange.
    if (first > 1_000 && first * 2 > kept.length) {
      kept = kept.slice(first);
      first = 0;
    }
  };

  return {
    record(unnumbered) {
      newest += 1;
      // The caller's own object becomes the entry: a copy of each exchange would cost more than all the rest here.
      const exchange = Object.assign(unnumbered, { number: newest }) as Exchange;
      kept.push(exchange);
      bytes += sizeOf(exchange);
      letGo();
      for (const listener of listeners) listener(exchange);
    },
    since: (number) => {
      const offset = Math.max(first, kept.length - (newest - number));
      return kept.slice(offset);
    },
    get newest() {
      return newest;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** Bodies are what weighs; the rest of an exchange is counted as a constant. */
const sizeOf = (exchange: Exchange): number =>
  exchange.kind === 'webhook' ? exchange.body.length + 500 : 1_000;
