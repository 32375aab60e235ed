/** Lets a history leave chunk by chunk: each step schedules the next, so that none piles up. */
import { accept, type Decision, type WorldEvent } from '../../core/decision.ts';
import { emitForNumber, scheduleAfter, type LazyValue } from '../../core/events.ts';
import type { JsonObject } from '../../core/json.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { createRandom } from '../../core/random.ts';
import { epochMs, secondMs, type EpochMs } from '../../core/time.ts';
import { mediaTypes, mintMedia } from '../../core/wire-content.ts';
import type { PhoneNumber, ReadonlyWorld } from '../../core/world.ts';
import { mediaAttached } from '../media/events.ts';
import type { HistorySyncRequested } from '../smb-app-data/events.ts';
import type { HistoryFill, SendHistoryChunk, SendHistoryMedia, TellHistoryDeclined } from './events.ts';
import { historyState } from './evolve.ts';
import { isMedia, mediaContentOf, messageAt } from './message.ts';
import { chunkAt, chunkOfStep, historicMediaDays, historyPlan, isSentTwice, messagesWithin } from './plan.ts';
import { renderChunk, renderDeclined, renderMedia, sceneOf } from './wire.ts';

/** From the request to the first webhook; providers have seen seconds to half an hour. */
export const firstChunkAfterMs = 5 * secondMs;
/** From one chunk to the next (assumed; Meta speaks of several minutes in all). */
export const chunkEveryMs = 2 * secondMs;
/** From one file to the next (assumed). */
export const mediaEveryMs = secondMs / 5;

/** The owner's choice decides what comes of an accepted request; with nothing to share, nothing does. */
export function reactToRequest(
  world: ReadonlyWorld,
  { phoneNumberId }: HistorySyncRequested,
  nowMs: EpochMs,
): readonly WorldEvent[] {
  const state = historyState.of(world);
  const sharing = state.chosen.get(phoneNumberId) ?? state.setUp.get(phoneNumberId) ?? 'shared';
  if (sharing === 'declined') {
    const declined: TellHistoryDeclined = { type: 'tell-history-declined', phoneNumberId };
    return [scheduleAfter(nowMs, firstChunkAfterMs, declined)];
  }
  const onboardedAtMs = world.phoneNumbers.get(phoneNumberId)?.onboardedAtMs ?? nowMs;
  const fills = state.fills.get(phoneNumberId) ?? [];
  const fill = fills.at(-1);
  if (!fill || historyPlan(fill, onboardedAtMs, world.behaviour).chunks === 0) return [];
  const first: SendHistoryChunk = {
    type: 'send-history-chunk',
    phoneNumberId,
    fill: fills.length - 1,
    onboardedAtMs,
    step: 0,
  };
  return [scheduleAfter(nowMs, firstChunkAfterMs, first)];
}

/** Tells that nothing is shared, unless the number has left meanwhile. */
export function decideDeclined(world: ReadonlyWorld, command: TellHistoryDeclined): Decision<null> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (number?.state !== 'coexistence') return accept([], null);
  return accept([emitForNumber(number, 'history', renderDeclined(number))], null);
}

/** The next chunk leaves; after the last one come the files. */
export function decideChunk(world: ReadonlyWorld, command: SendHistoryChunk, nowMs: EpochMs): Decision<null> {
  const synced = stillSyncing(world, command);
  if (!synced) return accept([], null);
  const { number, fill } = synced;
  const { phoneNumberId, onboardedAtMs, step } = command;
  const { behaviour } = world;
  const plan = historyPlan(fill, onboardedAtMs, behaviour);
  const chunk = chunkOfStep(plan, step, fill.seed, behaviour.historyShuffled);
  const value: LazyValue = {
    feature: 'history',
    args: { phoneNumberId, fill: command.fill, onboardedAtMs, chunk },
  };
  const emitted = emitForNumber(number, 'history', value);
  const next = step + 1 < plan.chunks ? { ...command, step: step + 1 } : nextMedia(command, fill, 0);
  return accept(
    [
      emitted,
      ...(isSentTwice(step, behaviour.historyDuplicated) ? [emitted] : []),
      ...(next ? [scheduleAfter(nowMs, chunkEveryMs, next)] : []),
    ],
    null,
  );
}

/** The file behind one placeholder leaves. */
export function decideMedia(world: ReadonlyWorld, command: SendHistoryMedia, nowMs: EpochMs): Decision<null> {
  const synced = stillSyncing(world, command);
  if (!synced) return accept([], null);
  const { number, fill } = synced;
  const scene = sceneOf(world, number, fill);
  const message = messageAt(fill, command.message);
  const mimeType = mediaTypes[mediaContentOf(message, scene.phrases).kind];
  // A stream apart from the message's own, so that the id of the file stays the same in a second onboarding.
  const media = mintMedia(createRandom(fill.seed ^ 0x6d656469, command.message), mimeType, nowMs);
  const asEcho = message.fromMe && world.behaviour.historicMediaAsEchoes;
  const value = renderMedia(scene, command.message, media);
  const next = nextMedia(command, fill, command.message + 1);
  return accept(
    [
      mediaAttached(command.phoneNumberId, media),
      emitForNumber(number, asEcho ? 'smb_message_echoes' : 'history', value),
      ...(next ? [scheduleAfter(nowMs, mediaEveryMs, next)] : []),
    ],
    null,
  );
}

/** The command for the next file, counted from this message; `undefined` where no more are young enough. */
function nextMedia(
  { phoneNumberId, fill: fillNumber, onboardedAtMs }: SendHistoryChunk | SendHistoryMedia,
  fill: HistoryFill,
  from: number,
): SendHistoryMedia | undefined {
  const end = messagesWithin(fill, onboardedAtMs, historicMediaDays);
  for (let message = from; message < end; message += 1) {
    if (isMedia(fill, message))
      return { type: 'send-history-media', phoneNumberId, fill: fillNumber, onboardedAtMs, message };
  }
  return undefined;
}

/**
 * What a step goes on with, or nothing: a synchronisation that is cut off by a disconnection or a change of device is
 * not taken up again, and a new onboarding begins its own (assumed; Meta says that the gap is not synced).
 */
function stillSyncing(
  world: ReadonlyWorld,
  command: SendHistoryChunk | SendHistoryMedia,
): { readonly number: Readonly<PhoneNumber>; readonly fill: HistoryFill } | undefined {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  const fill = historyState.of(world).fills.get(command.phoneNumberId)?.[command.fill];
  if (number?.state !== 'coexistence' || !fill) return undefined;
  return (number.onboardedAtMs ?? command.onboardedAtMs) === command.onboardedAtMs
    ? { number, fill }
    : undefined;
}

/** Makes a chunk's `value` anew. The same arguments give the same bytes, however long ago it left. */
export function renderLazyChunk(world: ReadonlyWorld, args: JsonObject): JsonObject {
  const phoneNumberId = args['phoneNumberId'] as PhoneNumberId;
  const number = world.phoneNumbers.get(phoneNumberId);
  const fill = historyState.of(world).fills.get(phoneNumberId)?.[Number(args['fill'])];
  if (!number || !fill) throw new Error('A chunk was asked for that no history holds.');
  const plan = historyPlan(fill, epochMs(Number(args['onboardedAtMs'])), world.behaviour);
  const chunk = chunkAt(plan, Number(args['chunk']));
  if (!chunk) throw new Error('A chunk was asked for beyond the end of its history.');
  return renderChunk(sceneOf(world, number, fill), chunk);
}
