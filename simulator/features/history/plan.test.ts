import { describe, expect, it } from 'vitest';
import { dayMs, epochMs, hourMs, plusMs, toSeconds } from '../../core/time.ts';
import { threadOf } from './message.ts';
import {
  chunkAt,
  chunkOfStep,
  historyPlan,
  isSentTwice,
  messagesWithin,
  phaseEndDays,
  sentAtSeconds,
  type HistoryChunk,
  type HistoryPlan,
} from './plan.ts';

const endsAtMs = epochMs(1_760_000_000_000);
const daySeconds = dayMs / 1000;
const plain = { historyChunkSize: 500, historyOverlapping: false, historyNeverCompletes: false };

const fillOf = (messages: number, days = 180, seed = 7) => ({
  seed,
  messages,
  days,
  endsAtMs,
  threads: 3,
  mediaPerMille: 0,
  customers: [],
});

const chunksOf = (plan: HistoryPlan): readonly HistoryChunk[] =>
  Array.from({ length: plan.chunks }, (_, index) => chunkAt(plan, index)!);

const ageDays = (seconds: number, onboardedAtMs = endsAtMs): number =>
  (toSeconds(onboardedAtMs) - seconds) / daySeconds;

describe('when a message was written', () => {
  it.each([
    [1, 1],
    [1, 180],
    [50, 2],
    [5_000, 180],
    [5_000, 400],
  ])('%d messages over %d days: before the end, within the span, newest first', (messages, days) => {
    const fill = fillOf(messages, days);
    let newer = toSeconds(endsAtMs);
    for (let index = 0; index < messages; index += 1) {
      const at = sentAtSeconds(fill, index);
      expect(at).toBeLessThan(toSeconds(endsAtMs));
      expect(ageDays(at)).toBeLessThanOrEqual(days);
      expect(at).toBeLessThanOrEqual(newer);
      newer = at;
    }
  });

  it('counts the messages of the last days as a walk over all of them does', () => {
    const fill = fillOf(3_000);
    for (const days of [1, 14, 90, 180]) {
      let walked = 0;
      for (let index = 0; index < 3_000; index += 1) {
        if (ageDays(sentAtSeconds(fill, index)) < days) walked += 1;
      }
      expect(messagesWithin(fill, endsAtMs, days)).toBe(walked);
    }
  });
});

describe('the plan of a history', () => {
  it('of nothing has no chunk', () => {
    expect(historyPlan(fillOf(0), endsAtMs, plain)).toMatchObject({ phases: [], messages: 0, chunks: 0 });
  });

  it('reaches into all three phases even where it is small', () => {
    expect(historyPlan(fillOf(30), endsAtMs, plain).phases.map(({ phase }) => phase)).toEqual([0, 1, 2]);
  });

  it.each([
    [1, [0]],
    [90, [0, 1]],
    [91, [0, 1, 2]],
    [180, [0, 1, 2]],
  ])('of %d days has the phases %j', (days, phases) => {
    expect(historyPlan(fillOf(10_000, days), endsAtMs, plain).phases.map(({ phase }) => phase)).toEqual(
      phases,
    );
  });

  it('leaves out what is older than 180 days', () => {
    const fill = fillOf(2_000, 400);
    const plan = historyPlan(fill, endsAtMs, plain);
    expect(plan.messages).toBeLessThan(2_000);
    expect(ageDays(sentAtSeconds(fill, plan.messages - 1))).toBeLessThan(180);
    expect(ageDays(sentAtSeconds(fill, plan.messages))).toBeGreaterThanOrEqual(180);
  });

  it('counts phases from the onboarding, so a later one finds the same messages older', () => {
    const fill = fillOf(1_000, 30);
    const later = historyPlan(fill, plusMs(endsAtMs, 2 * dayMs), plain);
    expect(later.phases.map(({ phase }) => phase)).toEqual([1]);
    expect(later.messages).toBe(1_000);
    expect(historyPlan(fill, plusMs(endsAtMs, 151 * dayMs), plain).messages).toBeLessThan(1_000);
    expect(historyPlan(fill, plusMs(endsAtMs, 181 * dayMs), plain).chunks).toBe(0);
  });

  it.each([
    [1, 0, 1],
    [90, 1, 2],
  ])('has the edge of day %d between phase %d and phase %d, to the second', (days, before, after) => {
    const fill = fillOf(1);
    const writtenAtMs = epochMs(sentAtSeconds(fill, 0) * 1000);
    const phaseAt = (onboardedAtMs: number) =>
      historyPlan(fill, epochMs(onboardedAtMs), plain).phases.map(({ phase }) => phase);
    expect(phaseAt(writtenAtMs + days * dayMs - 1000)).toEqual([before]);
    expect(phaseAt(writtenAtMs + days * dayMs)).toEqual([after]);
  });

  it('shares up to the last second of 180 days', () => {
    const fill = fillOf(1);
    const writtenAtMs = epochMs(sentAtSeconds(fill, 0) * 1000);
    expect(historyPlan(fill, plusMs(writtenAtMs, 180 * dayMs - 1000), plain).messages).toBe(1);
    expect(historyPlan(fill, plusMs(writtenAtMs, 180 * dayMs), plain).messages).toBe(0);
  });

  it('puts each message into the phase of its date', () => {
    const fill = fillOf(2_345);
    const plan = historyPlan(fill, plusMs(endsAtMs, 5 * hourMs), plain);
    for (const chunk of chunksOf(plan)) {
      const from = chunk.phase === 0 ? 0 : phaseEndDays[chunk.phase - 1]!;
      for (let index = chunk.first; index < chunk.first + chunk.count; index += 1) {
        const days = ageDays(sentAtSeconds(fill, index), plusMs(endsAtMs, 5 * hourMs));
        expect(days).toBeGreaterThanOrEqual(from);
        expect(days).toBeLessThan(phaseEndDays[chunk.phase]);
      }
    }
  });

  it.each([1, 2, 3, 7, 100, 499, 500, 501, 5_000])(
    'carries every message once, in chunks of at most %d, numbered from 1 in each phase',
    (historyChunkSize) => {
      for (const messages of [1, 2, 19, 500, 501, 1_777]) {
        const plan = historyPlan(fillOf(messages), endsAtMs, { ...plain, historyChunkSize });
        let next = 0;
        let progress = 0;
        let before = { phase: -1, order: 0 };
        for (const chunk of chunksOf(plan)) {
          expect(chunk.first).toBe(next);
          expect(chunk.count).toBeGreaterThan(0);
          expect(chunk.count).toBeLessThanOrEqual(historyChunkSize);
          expect(chunk.chunkOrder).toBe(chunk.phase === before.phase ? before.order + 1 : 1);
          expect(chunk.progress).toBeGreaterThanOrEqual(progress);
          next += chunk.count;
          progress = chunk.progress;
          before = { phase: chunk.phase, order: chunk.chunkOrder };
        }
        expect(next).toBe(messages);
        expect(progress).toBe(100);
      }
    },
  );

  it('has no chunk beyond its last, and none before its first', () => {
    const plan = historyPlan(fillOf(600), endsAtMs, plain);
    expect(chunkAt(plan, plan.chunks)).toBeUndefined();
    expect(chunkAt(plan, -1)).toBeUndefined();
  });

  it('never says 100 where it never completes', () => {
    for (const messages of [1, 900, 30_000]) {
      const plan = historyPlan(fillOf(messages), endsAtMs, { ...plain, historyNeverCompletes: true });
      expect(Math.max(...chunksOf(plan).map(({ progress }) => progress))).toBe(99);
    }
  });
});

describe('overlapping chunks', () => {
  it.each([1, 2, 10, 100])(
    'of %d share messages with the next, within the size, and miss none',
    (historyChunkSize) => {
      const plan = historyPlan(fillOf(1_000), endsAtMs, {
        ...plain,
        historyChunkSize,
        historyOverlapping: true,
      });
      const chunks = chunksOf(plan);
      for (const [index, chunk] of chunks.entries()) {
        const next = chunks[index + 1];
        expect(chunk.count).toBeLessThanOrEqual(historyChunkSize);
        if (!next) continue;
        // One message to a chunk leaves no room to share it.
        if (historyChunkSize > 1) expect(next.first).toBeLessThan(chunk.first + chunk.count);
        else expect(next.first).toBe(chunk.first + chunk.count);
      }
      const last = chunks.at(-1)!;
      expect(last.first + last.count).toBe(1_000);
    },
  );

  it('let one phase reach into the next', () => {
    const fill = fillOf(1_000);
    const plan = historyPlan(fill, endsAtMs, { ...plain, historyOverlapping: true });
    const [today] = plan.phases;
    const last = chunkAt(plan, today!.chunks - 1)!;
    expect(last.phase).toBe(0);
    expect(ageDays(sentAtSeconds(fill, last.first + last.count - 1))).toBeGreaterThanOrEqual(1);
  });
});

describe('the order of departure', () => {
  it('is that of the numbers, unless shuffled', () => {
    const plan = historyPlan(fillOf(5_000), endsAtMs, plain);
    for (let step = 0; step < plan.chunks; step += 1) expect(chunkOfStep(plan, step, 7, false)).toBe(step);
  });

  it('is another when shuffled, and misses none', () => {
    for (let messages = 3; messages < 150; messages += 1) {
      for (const seed of [0, 1, 7, 2_147_483_647]) {
        const plan = historyPlan(fillOf(messages), endsAtMs, { ...plain, historyChunkSize: 1 });
        const order = Array.from({ length: plan.chunks }, (_, step) => chunkOfStep(plan, step, seed, true));
        expect(order[0]).not.toBe(0);
        expect(new Set(order).size).toBe(plan.chunks);
      }
    }
  });

  it('sends the first and every third twice where they are duplicated', () => {
    expect([0, 1, 2, 3, 4].map((step) => isSentTwice(step, true))).toEqual([true, false, false, true, false]);
    expect(isSentTwice(0, false)).toBe(false);
  });
});

describe('threads', () => {
  it.each([
    [1, 1],
    [4, 3],
    [20, 3],
    [5_000, 70],
    [3, 3],
  ])('%d messages in %d threads leave no thread out', (messages, threads) => {
    const fill = { ...fillOf(messages), threads };
    const met = new Set(Array.from({ length: messages }, (_, index) => threadOf(fill, index)));
    expect([...met].sort((a, b) => a - b)).toEqual(Array.from({ length: threads }, (_, index) => index));
  });
});
