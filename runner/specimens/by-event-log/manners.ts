/** Whether the bot may speak now: who has the word, and whether the window is open. Pure. */
import type { Fact, Party, Said } from './facts.ts';
import { aliasesOf, isOneOf } from './fold.ts';

const second = 1_000;
const hour = 3_600 * second;
const longSilence = 14 * 24 * hour;
/** The app's own messages come within seconds of the customer's. */
const promptly = 5 * second;
/** For so long a person keeps the word. */
const theirTurn = 12 * hour;

const isLive = (fact: Fact): fact is Said => fact.fact === 'said' && !fact.past;

/**
 * Whether a person has the word at an instant.
 *
 * An echo one to five seconds after the message that opened the chat, or with words that came so before, was written by
 * the app; all others by a person.
 */
export function isHumanTalking(facts: readonly Fact[], party: Party, atMs: number): boolean {
  const name = party.userId ?? party.number ?? '';
  const aliases = aliasesOf(facts, name);
  const automatic = new Set<string>();
  let [openedMs, lastMs, heardMs, untilMs] = [-Infinity, -Infinity, -Infinity, 0];
  for (const fact of facts) {
    if (fact.fact !== 'said' || !isOneOf(aliases, fact.party)) continue;
    if (isLive(fact) && fact.by === 'customer') {
      if (fact.atMs - lastMs > longSilence) openedMs = fact.atMs;
      heardMs = Math.max(heardMs, fact.atMs);
    } else if (isLive(fact)) {
      const since = fact.atMs - openedMs;
      const soon = fact.atMs - heardMs;
      const isOurs =
        (since >= second && since <= promptly) || (automatic.has(fact.text) && soon >= 0 && soon <= promptly);
      if (isOurs) automatic.add(fact.text);
      else untilMs = Math.max(untilMs, fact.atMs + theirTurn);
    }
    lastMs = Math.max(lastMs, fact.atMs);
  }
  return atMs < untilMs;
}

/** 24 hours from the customer's last live word; the present is the later of our clock and WhatsApp's newest stamp. */
export function isWindowOpen(facts: readonly Fact[], party: Party, hostMs: number): boolean {
  const aliases = aliasesOf(facts, party.userId ?? party.number ?? '');
  let [nowMs, heardMs] = [hostMs, -Infinity];
  for (const fact of facts) {
    if (!isLive(fact) || fact.by !== 'customer') continue;
    nowMs = Math.max(nowMs, fact.atMs);
    if (isOneOf(aliases, fact.party)) heardMs = Math.max(heardMs, fact.atMs);
  }
  return nowMs - heardMs < 24 * hour;
}
