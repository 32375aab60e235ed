/** The outbox: answers that wait for their turn. Each leaves when it is due, if it is still wanted then. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Answered, Fact, Party } from './facts.ts';
import { accountOf, aliasesOf, isConnected, isOneOf, tokenOf } from './fold.ts';
import type { CallGraph } from './graph.ts';
import type { Log } from './log.ts';
import { isHumanTalking, isWindowOpen } from './manners.ts';

export interface Letter {
  readonly line: string;
  readonly party: Party;
  /** Stamp of the message that it answers. */
  readonly askedAtMs: number;
}

const words = 'Thanks for writing! We will look at it.';
const beforeFirstMs = 15;
const firstWaitMs = 1_000;
const mostAttempts = 5;
const aboutSpeed = [130429, 131048, 131056];
const aboutOneCustomer = 131056;

/** @returns a function that posts a letter; it is drained by a loop of its own */
export function createOutbox(log: Log, call: CallGraph, ownToken: string): (letter: Letter) => void {
  const heldUntil = new Map<string, number>();
  const queues = new Map<string, Promise<void>>();
  let unnamed = 0;

  const send = async (letter: Letter): Promise<void> => {
    await pause(beforeFirstMs);
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      await held(letter);
      const token = ticket(log, letter, ownToken);
      if (token === undefined) return;
      const to = addressee(log.ofLine(letter.line), letter.party);
      const address = to.number === undefined ? { recipient: to.userId } : { to: to.number };
      const message = { messaging_product: 'whatsapp', ...address, type: 'text', text: { body: words } };
      const outcome = await call('POST', `${letter.line}/messages`, message, token);
      const isTooFast = outcome.end === 'refused' && aboutSpeed.includes(outcome.code);
      if (!isTooFast || attempt === mostAttempts - 1) {
        note(letter, outcome.end === 'done' ? firstId(outcome.body) : undefined, outcome);
        return;
      }
      const key = outcome.code === aboutOneCustomer ? keyOf(letter) : letter.line;
      heldUntil.set(key, performance.now() + firstWaitMs * 2 ** attempt);
    }
  };

  const held = async (letter: Letter): Promise<void> => {
    for (;;) {
      const until = Math.max(heldUntil.get(letter.line) ?? 0, heldUntil.get(keyOf(letter)) ?? 0);
      const waitMs = until - performance.now();
      if (waitMs <= 0) return;
      await pause(Math.ceil(waitMs));
    }
  };

  const note = (
    { line, party, askedAtMs }: Letter,
    id: string | undefined,
    outcome: { readonly end: 'done' | 'refused' | 'lost'; readonly code?: number },
  ): void => {
    unnamed += 1;
    const ends = { done: 'accepted', refused: 'failed', lost: 'unknown' } as const;
    const fact: Answered = {
      fact: 'answered',
      line,
      party,
      id: id ?? `unsent-${unnamed}`,
      text: words,
      atMs: Math.max(askedAtMs, Math.floor(Date.now() / 1_000) * 1_000),
      status: ends[outcome.end],
      ...(outcome.code !== undefined && { error: outcome.code }),
    };
    log.append(fact);
  };

  return (letter) => {
    const key = keyOf(letter);
    const before = queues.get(key) ?? Promise.resolve();
    queues.set(
      key,
      before.then(() => send(letter)),
    );
  };
}

const keyOf = ({ line, party }: Letter): string => `${line}/${party.userId ?? party.number ?? ''}`;

const firstId = (body: Readonly<Record<string, unknown>>): string | undefined =>
  (body['messages'] as readonly { readonly id?: string }[] | undefined)?.[0]?.id;

/** The token to send with; nothing where it may not, or need not, be sent any more. */
function ticket(log: Log, { line, party, askedAtMs }: Letter, ownToken: string): string | undefined {
  const facts = log.ofLine(line);
  const account = accountOf(facts);
  if (isConnected(log, account) === false) return undefined;
  if (isHumanTalking(facts, party, askedAtMs) || !isWindowOpen(facts, party, Date.now())) return undefined;
  return tokenOf(log, account) ?? ownToken;
}

/** The number the customer last wrote from, where it is known. */
function addressee(facts: readonly Fact[], party: Party): Party {
  const aliases = aliasesOf(facts, party.userId ?? party.number ?? '');
  const seen = facts.filter((fact) => fact.fact === 'said').filter((fact) => isOneOf(aliases, fact.party));
  return seen.findLast((fact) => fact.by === 'customer' && fact.party.number !== undefined)?.party ?? party;
}
