/** Free entry points: who came through an ad and was answered within a day costs nothing for three. */
import { hourMs, plusMs, type EpochMs } from '../../../core/time.ts';
import type { Conversation } from '../evolve.ts';

/** @see Meta: pricing, free entry point conversations (documented) */
const answeredWithinMs = 24 * hourMs;
export const freeForMs = 72 * hourMs;

/** Until when messages to the customer are free, if the business writes now. */
export function freeEntryUntil(conversation: Conversation, nowMs: EpochMs): EpochMs | undefined {
  const { cameThroughAdAtMs, freeEntryUntilMs } = conversation;
  if (freeEntryUntilMs !== undefined && nowMs < freeEntryUntilMs) return freeEntryUntilMs;
  if (cameThroughAdAtMs === undefined || nowMs - cameThroughAdAtMs > answeredWithinMs) return undefined;
  return plusMs(nowMs, freeForMs);
}
