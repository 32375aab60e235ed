/** A scenario while it is being written: its steps so far, who takes part, how much time has passed, what was left out. */
import type { WrittenStep } from '../../scenarios/language/write.ts';
import { textOf, type Fields } from './json.ts';
import type { Person } from './people.ts';

/** A message that a later step may point at. */
export interface NamedMessage {
  readonly name: string;
  readonly by: 'customer' | 'app' | 'system';
  /** Key of the person of its chat. */
  readonly chat: string;
}

/** What the system was told by a step, and whether its answer was a 200-class status. */
export interface Told {
  readonly field: string;
  readonly accepted: boolean;
}

/** What a person needs to be at the top of the file. */
export interface Participant {
  readonly person: Person;
  /** The first that was seen of them showed no number. */
  readonly hidden: boolean;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Shorter gaps are the network's, not the story's. */
const shortestGapMs = 2_000;
/** A phone that is unused for fourteen days loses its connection; before that somebody must have opened the app. */
const longestUnusedMs = 13.5 * dayMs;
/** Most steps of one scenario, less those that close a row. */
export const mostSteps = 980;
/** How long expectations wait in the file. */
export const within = '10s';

export interface Draft {
  readonly steps: WrittenStep[];
  readonly participants: ReadonlyMap<string, Participant>;
  readonly messages: Map<string, NamedMessage>;
  /** Keys of people who hid their number on the way. */
  readonly hiding: Set<string>;
  /** What became no step, and how often. */
  readonly leftOut: ReadonlyMap<string, number>;
  /** Virtual milliseconds since the first step. */
  readonly passedMs: number;
  leaveOut(why: string): void;
  /** Whoever is in the chat of a step; `undefined` where nobody is named. */
  takePart(number: unknown, userId: unknown): Person | undefined;
  /** The same person, who need not take part. */
  lookUp(number: unknown, userId: unknown): Person | undefined;
  /** A step after which the system was told something; the row of such steps ends with an expectation. */
  act(step: WrittenStep, told?: Told): void;
  /** The same without a step: what an earlier one leads to by itself. */
  tell(told: Told): void;
  /** The system called because of what it was told, so that nothing else is expected of that row. */
  expect(step: WrittenStep): void;
  /** Closes a row of steps: what was answered must be answered again. */
  endRow(): void;
  /** Lets time pass as it did in the recording, if that is long enough to be told: until so long after its beginning. */
  waitUntil(afterMs: number): void;
  /** Lets exactly so much pass. */
  pass(durationMs: number): void;
  /** Lets the phone lie until it has been unused for so long; the system hears of what comes of it. */
  letPhoneLie(unusedMs: number, told: Told): void;
  /** Somebody typed on the phone. */
  usePhone(): void;
  /** How long the phone has been unused. */
  readonly unusedMs: number;
  /** Names a message, so that later steps may point at it. */
  name(wamid: unknown, by: NamedMessage['by'], chat: string): string;
}

/** @param personOf - whose number or user id a stand-in is */
export function createDraft(personOf: (standIn: string) => Person | undefined): Draft {
  const steps: WrittenStep[] = [];
  const participants = new Map<string, Participant>();
  const messages = new Map<string, NamedMessage>();
  const leftOut = new Map<string, number>();
  const row = new Map<string, boolean>();
  let rowHasCall = false;
  let passedMs = 0;
  let usedAtMs = 0;
  /** How far the recording has been followed, and what of its time has not passed in the steps. */
  let [reachedMs, owedMs] = [0, 0];

  const draft: Draft = {
    steps,
    participants,
    messages,
    hiding: new Set(),
    leftOut,
    get passedMs() {
      return passedMs;
    },
    get unusedMs() {
      return passedMs - usedAtMs;
    },
    leaveOut: (why) => void leftOut.set(why, (leftOut.get(why) ?? 0) + 1),
    takePart(number, userId) {
      const person = draft.lookUp(number, userId);
      if (person && !participants.has(person.key))
        participants.set(person.key, { person, hidden: textOf(number) === undefined });
      return person;
    },
    lookUp: (number, userId) =>
      [number, userId]
        .map((standIn) => (typeof standIn === 'string' ? personOf(standIn) : undefined))
        .find((person) => person !== undefined),
    act(step, told) {
      steps.push(step);
      if (told) draft.tell(told);
    },
    tell: ({ field, accepted }) => void row.set(field, (row.get(field) ?? true) && accepted),
    expect(step) {
      steps.push(step);
      rowHasCall = true;
    },
    endRow() {
      if (!rowHasCall)
        for (const [field, accepted] of row)
          if (accepted) steps.push({ 'expect.acknowledged': { field, within } });
      row.clear();
      rowHasCall = false;
    },
    waitUntil(afterMs) {
      owedMs += afterMs - reachedMs;
      reachedMs = afterMs;
      if (owedMs < shortestGapMs) return;
      const gapMs = roundGap(owedMs);
      owedMs -= gapMs;
      draft.pass(gapMs);
    },
    pass(durationMs) {
      draft.endRow();
      let left = durationMs;
      while (draft.unusedMs + left >= longestUnusedMs) {
        const part = Math.max(0, Math.min(left, 12 * dayMs - draft.unusedMs));
        if (part > 0) steps.push({ 'time.passes': durationText(part) });
        steps.push({ 'app.opens': {} });
        passedMs += part;
        left -= part;
        usedAtMs = passedMs;
      }
      if (left > 0) steps.push({ 'time.passes': durationText(left) });
      passedMs += left;
    },
    letPhoneLie(unusedMs, told) {
      const leftMs = Math.ceil(Math.max(0, unusedMs - draft.unusedMs) / hourMs) * hourMs;
      draft.endRow();
      if (leftMs > 0) draft.act({ 'time.passes': durationText(leftMs) }, told);
      passedMs += leftMs;
      usedAtMs = passedMs;
    },
    usePhone() {
      usedAtMs = passedMs;
    },
    name(wamid, by, chat) {
      const name = `message-${messages.size + 1}`;
      messages.set(String(wamid), { name, by, chat });
      return name;
    },
  };
  return draft;
}

/** Seconds below ten minutes, minutes below a day, hours above. */
function roundGap(ms: number): number {
  const unit = ms < 600_000 ? 1_000 : ms < dayMs ? 60_000 : hourMs;
  return Math.round(ms / unit) * unit;
}

const units = [
  ['d', dayMs],
  ['h', hourMs],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** The largest unit that says it exactly: `90s`, `5m`, `14d`. */
export function durationText(ms: number): string {
  const [unit, size] = units.find(([, each]) => ms >= each && ms % each === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}

/** The step of that name with what it has; `undefined` values are left out. */
export const step = (does: string, argument: Fields): WrittenStep => ({
  [does]: Object.fromEntries(Object.entries(argument).filter(([, value]) => value !== undefined)),
});
