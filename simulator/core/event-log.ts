/** The append-only log. Bounded in memory; whoever wants all of it subscribes and keeps the lines. */
import type { WorldEvent } from './decision.ts';
import type { EpochMs } from './time.ts';

/** One line of the log. */
export interface LogRecord {
  /** 1 for the first; no gaps. */
  readonly sequence: number;
  readonly atMs: EpochMs;
  readonly event: WorldEvent;
}

export interface EventLog {
  append(record: LogRecord): void;
  /** The newest records, oldest first; at most `retain` of them. */
  recent(): readonly LogRecord[];
  /** How many records there have been, those no longer in memory included. */
  readonly length: number;
  /** Calls back for each record from now on; returns the way to stop. */
  subscribe(listener: (record: LogRecord) => void): () => void;
}

/** One record as the text that files keep and runs are compared by: one line of JSON, no line end. */
export const toLine = (record: LogRecord): string => JSON.stringify(record);

/**
 * @param retain - most records held in memory; older ones are let go, since the world no longer needs them
 */
export function createEventLog(retain = 2_000): EventLog {
  let records: LogRecord[] = [];
  let length = 0;
  const listeners = new Set<(record: LogRecord) => void>();
  return {
    append(record) {
      records.push(record);
      length += 1;
      // Cutting in halves keeps the cost of forgetting at one move per record.
      if (records.length > retain * 2) records = records.slice(-retain);
      for (const listener of listeners) listener(record);
    },
    recent: () => records.slice(-retain),
    get length() {
      return length;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
