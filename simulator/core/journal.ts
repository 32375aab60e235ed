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
  /** From the whole request to its answer, real milliseconds; what a fault adds on the way out is not in it. */
  readonly latencyMs: number;
  /** What befell the answer, if anything; `status` is 0 where the client got none. */
  readonly fault?: string;
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
  /** The exact bytes, as text; empty where {@link WebhookExchange.bodyGone} is set. */
  readonly body: string;
  /** The body was let go, to keep memory bounded; the exchange itself stays. */
  readonly bodyGone?: true;
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
  /** Takes up an exchange of before, which has its number already; nobody is told. Oldest first, before any other. */
  restore(exchange: Exchange): void;
  /** Exchanges numbered above `number` that are still in memory, oldest first. */
  since(number: number): readonly Exchange[];
  /** Number of the newest exchange; 0 before the first. */
  readonly newest: number;
  subscribe(listener: (exchange: Exchange) => void): () => void;
}

/** Most exchanges, and most bytes of webhook bodies, held in memory. */
export interface JournalBounds {
  readonly exchanges: number;
  readonly bytes: number;
}

const defaultBounds: JournalBounds = { exchanges: 5_000, bytes: 4 * 1024 * 1024 };

export function createJournal(bounds: JournalBounds = defaultBounds): Journal {
  let kept: (Exchange | undefined)[] = [];
  /** Index of the oldest exchange that has not been let go. */
  let first = 0;
  /** Index of the oldest exchange that still has its body. */
  let lightest = 0;
  let bytes = 0;
  let newest = 0;
  const listeners = new Set<(exchange: Exchange) => void>();

  /** Lets bodies go, the oldest first: who called whom must still be known when a long history has passed by. */
  const lighten = (): void => {
    while (bytes > bounds.bytes && lightest < kept.length - 1) {
      const exchange = kept[lightest];
      if (exchange?.kind === 'webhook') {
        bytes -= exchange.body.length;
        kept[lightest] = { ...exchange, body: '', bodyGone: true };
      }
      lightest += 1;
    }
  };

  const letGo = (): void => {
    while (kept.length - first > bounds.exchanges) {
      const oldest = kept[first];
      if (oldest?.kind === 'webhook') bytes -= oldest.body.length;
      // The place stays until the next cut; what stood there goes at once.
      kept[first] = undefined;
      first += 1;
    }
    lightest = Math.max(lightest, first);
    lighten();
    // Cutting only when half is free keeps the cost of forgetting at one move per exchange.
    if (first > 1_000 && first * 2 > kept.length) {
      kept = kept.slice(first);
      lightest -= first;
      first = 0;
    }
  };

  const keep = (exchange: Exchange): void => {
    newest = exchange.number;
    kept.push(exchange);
    if (exchange.kind === 'webhook') bytes += exchange.body.length;
    letGo();
  };

  return {
    record(unnumbered) {
      // The caller's own object becomes the entry: a copy of each exchange would cost more than all the rest here.
      const exchange = Object.assign(unnumbered, { number: newest + 1 }) as Exchange;
      keep(exchange);
      for (const listener of listeners) listener(exchange);
    },
    restore: keep,
    since: (number) => {
      const offset = Math.max(first, kept.length - (newest - number));
      return kept.slice(offset) as Exchange[];
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
