/**
 * How a world's clock moves. The only file that touches real timers.
 *
 * `stepped` stands still until somebody advances it; `live` follows the wall clock and can be moved ahead of it.
 */
import type { Command } from './core/decision.ts';
import type { Engine, Outcome } from './core/engine.ts';
import { epochMs, plusMs, type EpochMs } from './core/time.ts';
import type { Emitter } from './webhooks/emitter.ts';

export interface Pace {
  /** Gives a command now: after everything that was due, and with what it causes going out. */
  execute<Reply>(command: Command): Outcome<Reply>;
  /** Virtual now, whatever has been decided so far. */
  readonly now: () => EpochMs;
  /** Brings the clock up to now and runs what is due; before anything is decided. */
  readonly catchUp: () => void;
  /** Lets out what is due now; after anything was decided. */
  readonly pump: () => void;
  /** Resolves when every webhook that is due has been answered, or has run into its time limit. */
  readonly settled: () => Promise<void>;
  /**
   * Lets virtual time pass. Everything due on the way happens at its own instant, and each webhook is answered before
   * the clock moves on.
   *
   * @param durationMs - 0 or more
   */
  readonly advance: (durationMs: number) => Promise<void>;
  /** Virtual seconds that pass by themselves in a real one; 0 where time stands still. */
  readonly speed: number;
  /**
   * Lets time pass at another speed from now on.
   *
   * @param speed - 0 (stands still) to {@link highestSpeed}; a stepped clock has but one and ignores it
   */
  readonly setSpeed: (speed: number) => void;
  readonly stop: () => void;
}

/** What both paces move. */
export interface Clockwork {
  readonly engine: Engine;
  readonly emitter: Pick<Emitter, 'pump' | 'settled'>;
}

/** Runs everything due at `untilMs` or before; each item at its own instant. */
function runDue(engine: Engine, untilMs: EpochMs): void {
  while (engine.runNextDue(untilMs)) {
    // All the work is in the condition.
  }
}

/** Walks the clock to `target`, letting every due item's webhooks be answered before the next item. */
async function walk(
  { engine }: Clockwork,
  target: EpochMs,
  settled: () => Promise<void>,
  stopped: () => boolean,
  moved: (nowMs: EpochMs) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await settled();
  while (!stopped() && engine.runNextDue(target)) {
    await moved(engine.nowMs);
    await settled();
  }
  if (stopped() || engine.nowMs >= target) return;
  engine.moveTo(target);
  await moved(target);
}

/** @param moved - told of each instant at which the clock stops, before what happens then leaves */
export function steppedPace(clockwork: Clockwork, moved?: (nowMs: EpochMs) => Promise<void>): Pace {
  const { engine, emitter } = clockwork;
  let stopped = false;
  const pump = (): void => {
    runDue(engine, engine.nowMs);
    emitter.pump();
  };
  const settled = async (): Promise<void> => {
    do {
      pump();
      await emitter.settled();
      // An answer may have made something else due at this very instant.
    } while (!stopped && (engine.nextDueMs() ?? Infinity) <= engine.nowMs);
  };
  return {
    execute: (command) => {
      const outcome = engine.execute<never>(command);
      pump();
      return outcome;
    },
    now: () => engine.nowMs,
    catchUp: () => undefined,
    pump,
    settled,
    advance: (durationMs) => walk(clockwork, plusMs(engine.nowMs, durationMs), settled, () => stopped, moved),
    speed: 0,
    setSpeed: () => undefined,
    stop() {
      stopped = true;
    },
  };
}

/** Longest wait a timer of Node takes; beyond it a timer would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Under load something is due all the time; items that are due within this much leave together. */
const shortestTimerMs = 4;

/** An hour a second: two weeks pass in under six minutes. */
export const highestSpeed = 3_600;

/**
 * @param wallNowMs - the wall clock, milliseconds since the Unix epoch
 * @param startMs - virtual time now; what was due before it happens at the first look
 */
export function livePace(
  clockwork: Clockwork,
  wallNowMs: () => number = Date.now,
  startMs: number = clockwork.engine.nowMs,
): Pace {
  const { engine, emitter } = clockwork;
  /** Virtual time was `virtualMs` when the wall clock said `wallMs`, and has passed at `speed` since. */
  let since = { virtualMs: startMs, wallMs: wallNowMs() };
  let speed = 1;
  let timer: NodeJS.Timeout | undefined;
  let armedForMs = Infinity;
  let stopped = false;

  const now = (): EpochMs => {
    const instant = epochMs(Math.floor(since.virtualMs + (wallNowMs() - since.wallMs) * speed));
    // The wall clock may be set back; virtual time never goes back.
    return instant > engine.nowMs ? instant : engine.nowMs;
  };

  const arm = (): void => {
    const due = engine.nextDueMs();
    // A timer that fires too early finds nothing due and is set anew; setting one at each call would cost more.
    if (stopped || speed === 0 || due === undefined || due >= armedForMs) return;
    clearTimeout(timer);
    armedForMs = due;
    timer = setTimeout(wake, Math.min(Math.max((due - now()) / speed, shortestTimerMs), longestTimerMs));
    // A simulator that only waits must not keep its process alive; its socket does that.
    timer.unref();
  };

  const wake = (): void => {
    armedForMs = Infinity;
    catchUp();
    pump();
  };

  const catchUp = (): void => {
    if (stopped) return;
    const instant = now();
    runDue(engine, instant);
    if (instant > engine.nowMs) engine.moveTo(instant);
  };

  const pump = (): void => {
    runDue(engine, engine.nowMs);
    emitter.pump();
    arm();
  };

  const settled = async (): Promise<void> => {
    pump();
    await emitter.settled();
  };

  return {
    execute: (command) => {
      catchUp();
      const outcome = engine.execute<never>(command);
      pump();
      return outcome;
    },
    now,
    catchUp,
    pump,
    settled,
    async advance(durationMs) {
      catchUp();
      await walk(clockwork, plusMs(engine.nowMs, durationMs), settled, () => stopped);
      since = { ...since, virtualMs: since.virtualMs + durationMs };
      pump();
    },
    get speed() {
      return speed;
    },
    setSpeed(wanted) {
      catchUp();
      since = { virtualMs: engine.nowMs, wallMs: wallNowMs() };
      speed = wanted;
      clearTimeout(timer);
      armedForMs = Infinity;
      pump();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
