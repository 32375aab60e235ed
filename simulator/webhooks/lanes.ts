/** Queues side by side: a full one never holds up another. */

export interface Lanes<Item> {
  /** Queues an item behind those of its lane. */
  add(lane: string, item: Item): void;
  /** The next item that may start, lanes taking turns; it counts as running until {@link Lanes.done}. */
  take(): Item | undefined;
  /** An item of the lane has ended. */
  done(lane: string): void;
  /** Items that have been taken and not ended. */
  readonly running: number;
}

interface Lane<Item> {
  items: Item[];
  /** Index of the first item that waits. */
  head: number;
  running: number;
}

/**
 * @param perLane - most items of one lane that run at a time
 * @param inAll - most that run at a time
 */
export function createLanes<Item>(perLane: number, inAll: number): Lanes<Item> {
  const lanes = new Map<string, Lane<Item>>();
  /** Lanes with an item that may start, the longest waiting first. */
  const ready = new Set<Lane<Item>>();
  let running = 0;

  const shift = (lane: Lane<Item>): Item | undefined => {
    const item = lane.items[lane.head];
    lane.head += 1;
    if (lane.head === lane.items.length) {
      lane.items = [];
      lane.head = 0;
    } else if (lane.head > 1_000 && lane.head * 2 > lane.items.length) {
      lane.items = lane.items.slice(lane.head);
      lane.head = 0;
    }
    return item;
  };

  const mayStart = (lane: Lane<Item>): boolean => lane.items.length > 0 && lane.running < perLane;

  return {
    add(key, item) {
      let lane = lanes.get(key);
      if (!lane) lanes.set(key, (lane = { items: [], head: 0, running: 0 }));
      lane.items.push(item);
      if (mayStart(lane)) ready.add(lane);
    },
    take() {
      if (running >= inAll) return undefined;
      const [lane] = ready;
      if (!lane) return undefined;
      ready.delete(lane);
      const item = shift(lane);
      lane.running += 1;
      running += 1;
      if (mayStart(lane)) ready.add(lane);
      return item;
    },
    done(key) {
      const lane = lanes.get(key);
      if (!lane) return;
      lane.running -= 1;
      running -= 1;
      if (mayStart(lane)) ready.add(lane);
      else if (lane.running === 0) lanes.delete(key);
    },
    get running() {
      return running;
    },
  };
}
