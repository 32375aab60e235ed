/** The stream: what happens, folded into the state; comes back by itself, from where it was, when the link was lost. */
import { createChats, type ChatsSnapshot } from '../../chats.ts';
import type { StreamText } from '../../control/stream.ts';
import { ApiError, call, inWorld, type Vocabulary, type WorldView } from './api.ts';
import {
  chats,
  chatsVersion,
  clock,
  link,
  refresh,
  vocabulary,
  wire,
  wireVersion,
  world,
  worldName,
  worldNames,
} from './state.ts';

/** Most exchanges that the page holds. */
const mostExchanges = 20_000;
/** Tries to come back this often, milliseconds. */
const retryMs = 1_000;
/** The world's facts are looked at anew this long after something happened, milliseconds. */
const settleMs = 150;

let socket: WebSocket | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let looking: ReturnType<typeof setTimeout> | undefined;
let newestExchange = 0;
let newestRecord = 0;

/** Shows the world of `worldName` from now on; called again where that changes. */
export async function follow(): Promise<void> {
  clearTimeout(retry);
  leave();
  link.value = 'connecting';
  try {
    await load();
    connect();
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) link.value = 'locked';
    else {
      link.value = 'lost';
      if (error instanceof ApiError && error.status === 404) worldName.value = 'default';
      retry = setTimeout(() => void follow(), retryMs);
    }
  }
}

function leave(): void {
  if (!socket) return;
  socket.onclose = null;
  socket.onmessage = null;
  socket.close();
  socket = undefined;
}

/** All there is: the list of worlds, the facts of this one, its chats. The wire comes by the stream. */
async function load(): Promise<void> {
  const name = worldName.value;
  const [{ worlds }, snapshot, words] = await Promise.all([
    call<{ worlds: readonly WorldView[] }>('GET', '/worlds'),
    call<ChatsSnapshot>('GET', inWorld(name, '/chats')),
    call<Vocabulary>('GET', '/vocabulary'),
  ]);
  vocabulary.value = words;
  worldNames.value = worlds.map((one) => one.name);
  world.value = worlds.find((one) => one.name === name);
  chats.current = createChats(snapshot);
  chatsVersion.value += 1;
  newestRecord = snapshot.sequence;
  newestExchange = 0;
  wire.exchanges = [];
  wireVersion.value += 1;
}

function connect(): void {
  const { protocol, host } = location;
  const query = new URLSearchParams({
    world: worldName.value,
    since: String(newestExchange),
    after: String(newestRecord),
  });
  const opened = new WebSocket(
    `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/_coex/stream?${query.toString()}`,
  );
  let isFirst = true;
  socket = opened;
  opened.onmessage = ({ data }: MessageEvent<string>) => {
    const text = JSON.parse(data) as StreamText;
    // What was missed while the link was lost and is no longer kept cannot be folded; the first look has all there is.
    if (text.gap && !(isFirst && newestExchange === 0)) {
      void follow();
      return;
    }
    isFirst = false;
    link.value = 'live';
    take(text);
  };
  opened.onclose = () => {
    if (socket !== opened) return;
    socket = undefined;
    link.value = 'lost';
    retry = setTimeout(() => void comeBack(), retryMs);
  };
}

/** A simulator that was started anew may be another: only if it knows this world's events does the stream go on. */
async function comeBack(): Promise<void> {
  try {
    const seen = await call<WorldView>('GET', inWorld(worldName.value));
    if (seen.events < newestRecord || seen.exchanges < newestExchange) await follow();
    else connect();
  } catch (error) {
    if (error instanceof ApiError) await follow();
    else retry = setTimeout(() => void comeBack(), retryMs);
  }
}

function take({ nowMs, speed, exchanges, records }: StreamText): void {
  clock.value = { nowMs, speed, seenAtMs: performance.now() };
  if (exchanges.length > 0) {
    wire.exchanges.push(...exchanges);
    if (wire.exchanges.length > mostExchanges * 1.1) wire.exchanges = wire.exchanges.slice(-mostExchanges);
    newestExchange = exchanges.at(-1)?.number ?? newestExchange;
    wireVersion.value += 1;
  }
  if (records.length > 0) {
    for (const record of records) chats.current?.follow(record);
    newestRecord = records.at(-1)?.sequence ?? newestRecord;
    chatsVersion.value += 1;
  }
  if (records.length > 0 || exchanges.length > 0)
    looking ??= setTimeout(() => {
      looking = undefined;
      void refresh();
    }, settleMs);
}
