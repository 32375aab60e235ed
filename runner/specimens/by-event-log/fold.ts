/** What the facts add up to. Pure functions of the log, computed when somebody asks. */
import type { Answered, Fact, Party, Said } from './facts.ts';
import type { Log } from './log.ts';

/** A message as it stands now. */
export interface Shown {
  readonly id: string;
  readonly author: 'customer' | 'phone' | 'bot';
  readonly atMs: number;
  text: string;
  blank: boolean;
  quotes?: string;
  status?: string;
  error?: number;
  amendedAtMs?: number;
  edited: boolean;
  gone: boolean;
}

/** One form for each number: Brazil's mobiles are met with and without the ninth digit. */
const plain = (alias: string): string => alias.replace(/^(55\d\d)9(\d{8})$/, '$1$2');

/** Everything somebody was ever called on a line: who is known by two names once is known by both for good. */
export function aliasesOf(facts: readonly Fact[], given: string): ReadonlySet<string> {
  const groups = new Map<string, Set<string>>();
  for (const fact of facts) {
    if (!('party' in fact)) continue;
    const names = namesOf(fact.party);
    const known = names.map((name) => groups.get(name)).filter((group) => group !== undefined);
    const group = new Set([...names, ...known.flatMap((one) => [...one])]);
    for (const name of group) groups.set(name, group);
  }
  return groups.get(plain(given)) ?? new Set([plain(given)]);
}

const namesOf = ({ number, userId }: Party): readonly string[] =>
  [number === undefined ? undefined : plain(number), userId].filter((name) => name !== undefined);

export const isOneOf = (aliases: ReadonlySet<string>, party: Party): boolean =>
  namesOf(party).some((name) => aliases.has(name));

const ranks = ['accepted', 'sent', 'delivered', 'read', 'played'];

export function conversation(facts: readonly Fact[], given: string): readonly Shown[] {
  const aliases = aliasesOf(facts, given);
  const shown = new Map<string, Shown>();
  for (const fact of facts) {
    if (fact.fact !== 'said' && fact.fact !== 'answered') continue;
    if (isOneOf(aliases, fact.party)) place(shown, fact);
  }
  // Changes are laid over the whole afterwards, so that those which came too early count as well.
  for (const fact of facts) amend(shown, fact);
  return [...shown.values()].sort((one, other) => one.atMs - other.atMs);
}

function place(shown: Map<string, Shown>, fact: Said | Answered): void {
  const known = shown.get(fact.id);
  if (known) {
    if (fact.fact === 'said' && known.blank && !fact.blank) {
      known.text = fact.text;
      known.blank = false;
    }
    return;
  }
  shown.set(fact.id, {
    id: fact.id,
    author: fact.fact === 'answered' ? 'bot' : fact.by,
    atMs: fact.atMs,
    text: fact.text,
    blank: fact.fact === 'said' && fact.blank,
    edited: false,
    gone: false,
    ...(fact.fact === 'said' && fact.quotes !== undefined && { quotes: fact.quotes }),
    ...(fact.status !== undefined && { status: fact.status }),
    ...(fact.fact === 'answered' && fact.error !== undefined && { error: fact.error }),
  });
}

function amend(shown: Map<string, Shown>, fact: Fact): void {
  if (fact.fact !== 'amended' && fact.fact !== 'status') return;
  const message = shown.get(fact.id);
  if (!message) return;
  if (fact.fact === 'status') {
    if (message.status === 'failed' || !isFurther(fact.status, message.status)) return;
    message.status = fact.status;
    if (fact.error !== undefined) message.error = fact.error;
  } else if (fact.text === undefined) {
    message.gone = true;
    message.text = '';
  } else if (!message.gone && fact.atMs >= (message.amendedAtMs ?? 0)) {
    message.text = fact.text;
    message.edited = true;
    message.amendedAtMs = fact.atMs;
  }
}

const isFurther = (status: string, before: string | undefined): boolean =>
  status === 'failed'
    ? !['delivered', 'read', 'played'].includes(before ?? '')
    : ranks.indexOf(status) > ranks.indexOf(before ?? '');

const away: Readonly<Record<string, boolean>> = {
  PARTNER_REMOVED: true,
  PARTNER_APP_UNINSTALLED: true,
  ACCOUNT_DELETED: true,
  ACCOUNT_OFFBOARDED: true,
  ACCOUNT_RECONNECTED: false,
};

export const accountOf = (facts: readonly Fact[]): string | undefined =>
  facts.findLast((fact) => fact.fact === 'connected')?.account;

/** By the events' own time; a signup ends whatever came before it. Nothing is known of an account nobody spoke of. */
export function isConnected(log: Log, account: string | undefined): boolean | undefined {
  const facts = account === undefined ? [] : log.ofAccount(account);
  if (facts.length === 0) return undefined;
  let atSeconds = 0;
  let isAway = false;
  for (const fact of facts) {
    if (fact.fact === 'connected' && fact.token !== undefined) isAway = false;
    if (fact.fact !== 'account' || fact.atSeconds < atSeconds) continue;
    const verdict = away[fact.event];
    atSeconds = fact.atSeconds;
    if (verdict !== undefined) isAway = verdict;
  }
  return !isAway;
}

/** The token of the last signup. */
export function tokenOf(log: Log, account: string | undefined): string | undefined {
  const facts = account === undefined ? [] : log.ofAccount(account);
  return facts
    .filter((fact) => fact.fact === 'connected')
    .map(({ token }) => token)
    .findLast((token) => token !== undefined);
}

export function nameOf(facts: readonly Fact[], given: string): string | undefined {
  const aliases = aliasesOf(facts, given);
  let newest: { readonly atMs: number; readonly name?: string } = { atMs: -1 };
  for (const fact of facts)
    if (fact.fact === 'booked' && isOneOf(aliases, fact.party) && fact.atMs >= newest.atMs) newest = fact;
  return newest.name;
}

export type SyncState = 'none' | 'requested' | 'running' | 'complete' | 'declined';

/** Since the last signup. */
export function historyState(facts: readonly Fact[]): SyncState {
  let state: SyncState = 'none';
  let progress = 0;
  for (const fact of facts) {
    if (fact.fact === 'connected' && fact.token !== undefined) [state, progress] = ['none', 0];
    if (fact.fact === 'asked' && fact.sync === 'history' && state === 'none') state = 'requested';
    if (fact.fact !== 'history') continue;
    progress = Math.max(progress, fact.progress);
    state = fact.declined ? 'declined' : progress >= 100 ? 'complete' : 'running';
  }
  return state;
}

export function contactsState(facts: readonly Fact[]): SyncState {
  if (facts.some(({ fact }) => fact === 'booked')) return 'complete';
  return facts.some((fact) => fact.fact === 'asked' && fact.sync === 'smb_app_state_sync')
    ? 'requested'
    : 'none';
}
