/** What the console shows, as signals. Only `live.ts` and the functions here write them. */
import { computed, signal } from '@preact/signals';
import type { Chats } from '../../chats.ts';
import type { Exchange } from '../../index.ts';
import { ApiError, call, inWorld, play, type Vocabulary, type WorldView, type WrittenStep } from './api.ts';

export type Link = 'connecting' | 'live' | 'lost' | 'locked';

/** How the console hears of the simulator; `locked`: it wants the operator's token. */
export const link = signal<Link>('connecting');
/** Names of the worlds there are. */
export const worldNames = signal<readonly string[]>(['default']);
/** The world that is shown. */
export const worldName = signal(worldInAddress());
export const world = signal<WorldView | undefined>(undefined);
export const vocabulary = signal<Vocabulary>({
  edges: [],
  fields: [],
  webhookFaults: [],
  graphFaults: [],
  obstacles: [],
  errors: [],
});
/** Counted up whenever `chats` has changed: the chats themselves are folded in place. */
export const chatsVersion = signal(0);
export const chats: { current: Chats | undefined } = { current: undefined };
/** Exchanges of the wire, oldest first; grown in place, `wireVersion` says when. */
export const wire: { exchanges: Exchange[] } = { exchanges: [] };
export const wireVersion = signal(0);
/** Virtual now at `seenAtMs` of this page's own clock. */
export const clock = signal({ nowMs: Date.now(), speed: 1, seenAtMs: performance.now() });

/** Something to tell the person who uses the console. */
export const notice = signal<{ readonly kind: 'refused' | 'done'; readonly text: string } | undefined>(
  undefined,
);

/** The phone that is held: the first number of the world. */
export const phone = computed(() => world.value?.numbers[0]);

export function say(kind: 'refused' | 'done', text: string): void {
  notice.value = { kind, text };
}

/** Does something and tells what came of it, if that was not what was wanted. */
export async function attempt(what: () => Promise<unknown>): Promise<boolean> {
  notice.value = undefined;
  try {
    await what();
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) link.value = 'locked';
    say('refused', error instanceof Error ? error.message : String(error));
    return false;
  } finally {
    void refresh();
  }
}

export const act = (...steps: readonly WrittenStep[]): Promise<boolean> =>
  attempt(() => play(worldName.value, ...steps));

/** Looks at the world anew; quietly, for the stream tells when it is gone. */
export async function refresh(): Promise<void> {
  const name = worldName.value;
  try {
    const seen = await call<WorldView>('GET', inWorld(name));
    if (worldName.value !== name) return;
    world.value = seen;
    clock.value = { nowMs: seen.nowMs, speed: seen.speed, seenAtMs: performance.now() };
  } catch {
    // The stream's own state says that nothing comes.
  }
}

export function choose(name: string): void {
  history.replaceState(null, '', `#${encodeURIComponent(name)}`);
  worldName.value = name;
}

function worldInAddress(): string {
  try {
    return decodeURIComponent(location.hash.slice(1)) || 'default';
  } catch {
    return 'default';
  }
}

/** Virtual now, as far as the page can tell between two messages of the stream. */
export const virtualNowMs = (): number => {
  const { nowMs, speed, seenAtMs } = clock.value;
  // Of a simulator that is not there nobody knows the time.
  if (link.value === 'lost') return nowMs;
  return nowMs + (performance.now() - seenAtMs) * speed;
};
