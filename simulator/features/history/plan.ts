/**
 * Which message of a history was when, and in which chunk it travels. Pure arithmetic on indexes: message 0 is the
 * newest, and nothing here grows with the number of messages.
 */
import type { Behaviour } from '../../core/behaviour.ts';
import { createRandom, type Random } from '../../core/random.ts';
import { dayMs, secondMs, toSeconds, type EpochMs } from '../../core/time.ts';
import type { HistoryFill } from './events.ts';

const daySeconds = dayMs / secondMs;

/** End of each phase, in days before onboarding. @see Meta: webhooks/reference/history (documented) */
export const phaseEndDays = [1, 90, 180] as const;

/** Only media this young is told in full. @see Meta: onboarding-business-app-users (documented) */
export const historicMediaDays = 14;

/** `phase` on the wire. */
export type Phase = 0 | 1 | 2;

/** Messages of one phase, and the chunks that carry them. */
export interface PhasePlan {
  readonly phase: Phase;
  /** Index of its newest message. */
  readonly first: number;
  readonly messages: number;
  /** At least 1: a phase without messages is not planned. */
  readonly chunks: number;
}

/** What a history comes to in one onboarding: a few numbers, whatever its size. */
export interface HistoryPlan {
  /** Phases that hold messages, 0 first. */
  readonly phases: readonly PhasePlan[];
  /** Messages shared; those older than 180 days are not. */
  readonly messages: number;
  readonly chunks: number;
  /** Messages from one chunk's beginning to the next one's. */
  readonly stride: number;
  /** Messages a chunk shares with the next older one. */
  readonly overlap: number;
  /** What `progress` ends with. */
  readonly lastProgress: number;
}

/** One `history` webhook. */
export interface HistoryChunk {
  readonly phase: Phase;
  /** From 1 in each phase. */
  readonly chunkOrder: number;
  /** Whole per cent over all phases. */
  readonly progress: number;
  /** Index of its newest message. */
  readonly first: number;
  readonly count: number;
}

type Timed = Pick<HistoryFill, 'seed' | 'messages' | 'days' | 'endsAtMs'>;
type Chunked = Pick<Behaviour, 'historyChunkSize' | 'historyOverlapping' | 'historyNeverCompletes'>;

/** The first draw of a message's own chance: where it lies between its neighbours. */
export const drawJitter = (random: Random): number => random.integer(0, 999);

/**
 * When a message was written, whole Unix seconds: before the end of the fill, never more than its days back, and no
 * later than that of any message with a lower index.
 *
 * Chats are fuller the nearer they are: the curve gives the last day of 180 about a seventh of all messages, so that
 * even a small history reaches into all three phases (assumed).
 *
 * @param jitter - of {@link drawJitter}, with the message's own chance
 */
export function sentAtSeconds(
  fill: Timed,
  index: number,
  jitter = drawJitter(createRandom(fill.seed, index)),
): number {
  const spanSeconds = fill.days * daySeconds;
  const share = (index + jitter / 1000) / fill.messages;
  const curved = share * (0.02 + 0.98 * share * share);
  const ageSeconds = 1 + Math.floor((spanSeconds - 1) * curved);
  return toSeconds(fill.endsAtMs) - ageSeconds;
}

/** How many of the newest messages are younger than `days` before `onboardedAtMs`. */
export function messagesWithin(fill: Timed, onboardedAtMs: EpochMs, days: number): number {
  const limitSeconds = toSeconds(onboardedAtMs) - days * daySeconds;
  let [low, high] = [0, fill.messages];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (sentAtSeconds(fill, middle) > limitSeconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Divides a history into phases by date and phases into chunks.
 *
 * @param onboardedAtMs - day 0; what the fill holds is older
 * @param behaviour - overlapping chunks stay within the chunk size, so one of a single message cannot overlap
 */
export function historyPlan(fill: Timed, onboardedAtMs: EpochMs, behaviour: Chunked): HistoryPlan {
  const size = behaviour.historyChunkSize;
  const overlap = behaviour.historyOverlapping ? Math.min(size - 1, Math.ceil(size / 10)) : 0;
  const stride = size - overlap;
  const phases: PhasePlan[] = [];
  let first = 0;
  for (const phase of [0, 1, 2] as const) {
    const end = messagesWithin(fill, onboardedAtMs, phaseEndDays[phase]);
    const messages = end - first;
    if (messages > 0) phases.push({ phase, first, messages, chunks: Math.ceil(messages / stride) });
    first = end;
  }
  return {
    phases,
    messages: first,
    chunks: phases.reduce((sum, phase) => sum + phase.chunks, 0),
    stride,
    overlap,
    lastProgress: behaviour.historyNeverCompletes ? 99 : 100,
  };
}

/**
 * The chunk of this index, over all phases.
 *
 * @param index - 0 for the first; below `plan.chunks`
 */
export function chunkAt(plan: HistoryPlan, index: number): HistoryChunk | undefined {
  let before = 0;
  for (const phase of plan.phases) {
    const order = index - before;
    if (order >= 0 && order < phase.chunks) {
      const first = phase.first + order * plan.stride;
      const phaseEnd = phase.first + phase.messages;
      // What overlaps may be of the next phase, but never of what is not shared at all.
      const end = Math.min(Math.min(first + plan.stride, phaseEnd) + plan.overlap, plan.messages);
      const progress = Math.max(1, Math.floor((plan.lastProgress * (index + 1)) / plan.chunks));
      return { phase: phase.phase, chunkOrder: order + 1, progress, first, count: end - first };
    }
    before += phase.chunks;
  }
  return undefined;
}

/**
 * Which chunk leaves as the `step`-th: that one, or another where they are shuffled. Each step has a chunk of its own,
 * and the first is never chunk 0 if there is another.
 */
export function chunkOfStep(plan: HistoryPlan, step: number, seed: number, shuffled: boolean): number {
  const { chunks } = plan;
  if (!shuffled || chunks < 2) return step;
  // An affine map permutes when its factor has no divisor in common with the length.
  let factor = Math.max(1, Math.floor(chunks * 0.618));
  while (divisor(factor, chunks) !== 1) factor += 1;
  return (factor * step + 1 + (seed % (chunks - 1))) % chunks;
}

/** Every third step sends its chunk twice where chunks are duplicated, the first one among them. */
export const isSentTwice = (step: number, duplicated: boolean): boolean => duplicated && step % 3 === 0;

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
