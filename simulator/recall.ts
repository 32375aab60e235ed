/** A world that was kept, known again: its file is folded, and nothing is decided anew. */
import type { Engine } from './core/engine.ts';
import type { LogRecord } from './core/event-log.ts';
import type { Wamid } from './core/identifiers.ts';
import type { Journal } from './core/journal.ts';
import { epochMs } from './core/time.ts';
import type { Cast } from './replay/cast.ts';
import { StoreError, type Entry, type Origin } from './store.ts';

/** The first entry of a world that was kept. */
export function originOf(past: Iterator<Entry> | undefined): Origin | undefined {
  const first = past?.next();
  if (!first || first.done) return undefined;
  if ('origin' in first.value) return first.value.origin;
  throw new StoreError('The file of a world does not begin as a simulator begins it.');
}

/** What is known again of a world that was kept. */
export interface Kept {
  cast: Cast | undefined;
  speed: number;
  readonly played: unknown[];
  /** Webhooks whose answer nobody lived to see. */
  readonly unanswered: readonly LogRecord[];
}

/** Folds what happened before, in its order. */
export function recall(past: Iterator<Entry> | undefined, engine: Engine, journal: Journal): Kept {
  const kept: Kept = { cast: undefined, speed: 1, played: [], unanswered: [] };
  const underWay = new Map<string, LogRecord>();
  for (let next = past?.next(); next && !next.done; next = past?.next()) {
    const entry = next.value;
    if ('record' in entry) {
      engine.restore(entry.record);
      const { event } = entry.record;
      const key = attemptOf(event);
      if (event.type === 'delivery-attempted') underWay.set(key, entry.record);
      else if (event.type === 'delivery-accepted' || event.type === 'delivery-refused') underWay.delete(key);
    } else if ('exchange' in entry) journal.restore(entry.exchange);
    else if ('cast' in entry)
      kept.cast = { ...entry.cast, messages: kept.cast?.messages ?? new Map<string, Wamid>() };
    else if ('named' in entry) kept.cast?.messages.set(entry.named.message, entry.named.wamid as Wamid);
    else if ('clock' in entry) {
      kept.speed = entry.clock.speed;
      if (entry.clock.atMs > engine.nowMs) engine.moveTo(epochMs(entry.clock.atMs));
    } else if ('played' in entry) kept.played.push(entry.played);
  }
  return { ...kept, unanswered: [...underWay.values()] };
}

const attemptOf = (event: object): string => {
  const { deliveryId, attempt } = event as { readonly deliveryId?: number; readonly attempt?: number };
  return `${deliveryId}/${attempt}`;
};
