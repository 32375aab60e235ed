/** Work that must happen in order, beside work that need not. */

export interface Lanes {
  /**
   * Runs `work` after everything else of the same lane. What it throws is reported and does not stop the lane.
   */
  run(lane: string, work: () => Promise<void>): void;
  /** Resolves when nothing is waiting or running. */
  settled(): Promise<void>;
}

/** @param report - told of what failed */
export function createLanes(report: (error: unknown) => void): Lanes {
  const tails = new Map<string, Promise<void>>();
  return {
    run(lane, work) {
      const tail = (tails.get(lane) ?? Promise.resolve()).then(work).catch(report);
      tails.set(lane, tail);
      void tail.then(() => {
        if (tails.get(lane) === tail) tails.delete(lane);
      });
    },
    async settled() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
