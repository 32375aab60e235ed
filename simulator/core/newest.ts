/** A map that forgets: it holds the newest entries, so that a world stays small however long it runs. */

export interface Newest<Key, Value> {
  get(key: Key): Value | undefined;
  /** Gives the entries that this one pushed out: none, or a generation at once. */
  set(key: Key, value: Value): ReadonlyMap<Key, Value>;
  delete(key: Key): void;
  /** Entries held at the moment. */
  readonly size: number;
}

/**
 * Forgets a generation at a time, since taking the oldest entry out of a large `Map` one by one is slow.
 *
 * @param atLeast - so many of the newest entries are held, and never more than twice as many
 */
export function createNewest<Key, Value>(atLeast: number): Newest<Key, Value> {
  const none: ReadonlyMap<Key, Value> = new Map();
  let older = new Map<Key, Value>();
  let newer = new Map<Key, Value>();
  return {
    get: (key) => newer.get(key) ?? older.get(key),
    set(key, value) {
      newer.set(key, value);
      if (newer.size < atLeast) return none;
      const forgotten = older;
      older = newer;
      newer = new Map();
      return forgotten;
    },
    delete(key) {
      newer.delete(key);
      older.delete(key);
    },
    get size() {
      return newer.size + older.size;
    },
  };
}
