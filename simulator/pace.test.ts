import { describe, expect, it } from 'vitest';
import { accept, type Command, type WorldEvent } from './core/decision.ts';
import { createEngine } from './core/engine.ts';
import { scheduleAfter } from './core/events.ts';
import { commands, type Feature } from './core/feature.ts';
import { dayMs, epochMs } from './core/time.ts';
import { createWorld } from './core/world.ts';
import { livePace, steppedPace } from './pace.ts';

interface Ring extends Command {
  readonly type: 'ring';
  readonly everyMs: number;
  readonly left: number;
}

/** A bell that rings again and again. */
const bell: Feature = {
  name: 'bell',
  commands: commands<Ring>({
    ring: (_world, { everyMs, left }, nowMs) => {
      const rang: WorldEvent = { type: 'rang' };
      const again: Ring = { type: 'ring', everyMs, left: left - 1 };
      return accept(left > 1 ? [rang, scheduleAfter(nowMs, everyMs, again)] : [rang], undefined);
    },
  }),
};

const ring = (everyMs: number, left: number): Ring => ({ type: 'ring', everyMs, left });
const quiet = { pump: () => undefined, settled: () => Promise.resolve() };
const startMs = epochMs(1_000_000);
const open = () => createEngine(createWorld('bells'), [bell], startMs);
const ringsOf = (engine: ReturnType<typeof open>): number[] =>
  engine.log
    .recent()
    .filter(({ event }) => event.type === 'rang')
    .map(({ atMs }) => atMs - startMs);

describe('a stepped clock', () => {
  it('stands still until it is advanced', () => {
    const engine = open();
    const pace = steppedPace({ engine, emitter: quiet });
    pace.execute(ring(1_000, 3));
    pace.pump();
    expect(ringsOf(engine)).toEqual([0]);
    expect(engine.nowMs).toBe(startMs);
  });

  it('lets everything on the way happen at its own instant, the last one included', async () => {
    const engine = open();
    const pace = steppedPace({ engine, emitter: quiet });
    pace.execute(ring(dayMs, 100));
    await pace.advance(3 * dayMs);
    expect(ringsOf(engine)).toEqual([0, dayMs, 2 * dayMs, 3 * dayMs]);
    expect(engine.nowMs).toBe(startMs + 3 * dayMs);
  });

  it('waits for the answers to what is due before it moves on', async () => {
    const engine = open();
    const order: string[] = [];
    const emitter = {
      pump: () => undefined,
      settled: async () => {
        await Promise.resolve();
        order.push(`settled at ${engine.nowMs - startMs}`);
      },
    };
    const pace = steppedPace({ engine, emitter });
    pace.execute(ring(10, 2));
    engine.log.subscribe(({ event }) => order.push(`${event.type} at ${engine.nowMs - startMs}`));
    await pace.advance(20);
    expect(order).toEqual(['settled at 0', 'command-due at 10', 'rang at 10', 'settled at 10']);
  });

  it('stops in the middle when it is stopped', async () => {
    const engine = open();
    const settled = () => {
      if (engine.nowMs > startMs) pace.stop();
      return Promise.resolve();
    };
    const pace = steppedPace({ engine, emitter: { ...quiet, settled } });
    pace.execute(ring(10, 100));
    await pace.advance(1_000);
    expect(ringsOf(engine)).toEqual([0, 10]);
  });
});

describe('a live clock', () => {
  it('follows the wall clock, and never goes back with it', () => {
    const engine = open();
    let wallMs = 5_000;
    const pace = livePace({ engine, emitter: quiet }, () => wallMs);
    wallMs += 250;
    pace.catchUp();
    expect(engine.nowMs - startMs).toBe(250);
    wallMs -= 10_000;
    pace.catchUp();
    expect(engine.nowMs - startMs).toBe(250);
    pace.stop();
  });

  it('runs what came due before anything else is decided', () => {
    const engine = open();
    let wallMs = 0;
    const pace = livePace({ engine, emitter: quiet }, () => wallMs);
    pace.execute(ring(100, 4));
    wallMs = 350;
    pace.execute(ring(1, 1));
    expect(ringsOf(engine)).toEqual([0, 100, 200, 300, 350]);
    pace.stop();
  });

  it('stays ahead of the wall clock by what it was advanced', async () => {
    const engine = open();
    let wallMs = 0;
    const pace = livePace({ engine, emitter: quiet }, () => wallMs);
    await pace.advance(13 * dayMs);
    wallMs = 40;
    pace.catchUp();
    expect(engine.nowMs - startMs).toBe(13 * dayMs + 40);
    pace.stop();
  });

  it('wakes by itself for what is due', async () => {
    const engine = open();
    const pace = livePace({ engine, emitter: quiet });
    const rang = new Promise<void>((resolve) => {
      engine.log.subscribe(() => ringsOf(engine).length === 2 && resolve());
    });
    pace.execute(ring(5, 2));
    // Its timer lets the process end; the test has to stay.
    const stay = setInterval(() => undefined, 1_000);
    await rang;
    clearInterval(stay);
    pace.stop();
    expect(ringsOf(engine)).toHaveLength(2);
  });

  it('passes faster, or not at all, from where it is', () => {
    let wallMs = 5_000_000;
    const engine = open();
    const pace = livePace({ engine, emitter: quiet }, () => wallMs);
    wallMs += 1_000;
    expect(pace.now() - startMs).toBe(1_000);
    pace.setSpeed(60);
    wallMs += 1_000;
    expect(pace.now() - startMs).toBe(61_000);
    pace.setSpeed(0);
    wallMs += 9_999;
    expect([pace.now() - startMs, pace.speed]).toEqual([61_000, 0]);
    pace.execute(ring(1_000, 2));
    wallMs += 9_999;
    pace.catchUp();
    expect(ringsOf(engine)).toEqual([61_000]);
    pace.setSpeed(1);
    wallMs += 1_000;
    pace.catchUp();
    expect(ringsOf(engine)).toEqual([61_000, 62_000]);
    pace.stop();
  });

  it('is moved ahead while it stands still', async () => {
    const engine = open();
    const pace = livePace({ engine, emitter: quiet }, () => 5_000_000);
    pace.setSpeed(0);
    await pace.advance(dayMs);
    expect(pace.now() - startMs).toBe(dayMs);
    pace.stop();
  });

  it('begins where it is told to, and what was due before happens at the first look', () => {
    const engine = open();
    const pace = livePace({ engine, emitter: quiet }, () => 5_000_000, startMs + dayMs);
    expect(pace.now() - startMs).toBe(dayMs);
    engine.execute(ring(dayMs / 2, 2));
    pace.catchUp();
    expect(ringsOf(engine)).toEqual([0, dayMs / 2]);
    pace.stop();
  });
});
