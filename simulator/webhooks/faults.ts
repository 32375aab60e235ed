/**
 * Hardship on the way to the receiver, as small rules that compose.
 *
 * A rule sees a delivery and says how it is treated; what several rules say is laid one over the other. Rules are pure
 * and know neither queue nor network.
 */
import { minuteMs } from '../core/time.ts';
import type { FaultRule, Forgery } from './events.ts';

/** How one delivery is treated. */
export interface Treatment {
  readonly dropped: boolean;
  /** Virtual milliseconds before anything else happens. */
  readonly delayMs: number;
  /** Waits for the next delivery: to go behind it, or in one POST with it. */
  readonly hold?: {
    readonly until: 'overtaken' | 'joined';
    readonly atMostMs: number;
    readonly field?: string;
  };
  /** A copy for each entry, that many virtual milliseconds after the first POST. */
  readonly copiesAfterMs: readonly number[];
  /** Missing: it is genuine. */
  readonly forgery?: Forgery;
  /** Real milliseconds that the first POST stalls in its body; 0: until the time limit. */
  readonly stallMs?: number;
}

/** What happens to a delivery that meets no rule. */
export const untouched: Treatment = { dropped: false, delayMs: 0, copiesAfterMs: [] };

/** A rule that has been set and is not used up. */
export interface Fault {
  readonly id: number;
  readonly rule: FaultRule;
  readonly field?: string;
  readonly left: number;
  readonly byMs: number;
}

/** A held delivery leaves after this long even if no next one came; else the last of a conversation would be lost. */
const longestHoldMs = minuteMs;
/** By how much `delay` puts off when nobody said. */
const usualDelayMs = 5_000;

type Rule = (fault: Fault) => Partial<Treatment>;

const hold =
  (until: 'overtaken' | 'joined'): Rule =>
  ({ byMs, field }) => ({
    hold: { until, atMostMs: byMs || longestHoldMs, ...(field === undefined ? {} : { field }) },
  });

/** The rules, one each. */
const rules: Readonly<Record<FaultRule, Rule>> = {
  duplicate: ({ byMs }) => ({ copiesAfterMs: [byMs] }),
  delay: ({ byMs }) => ({ delayMs: byMs || usualDelayMs }),
  reorder: hold('overtaken'),
  batch: hold('joined'),
  drop: () => ({ dropped: true }),
  'wrong-signature': () => ({ forgery: 'wrong-signature' }),
  'no-signature': () => ({ forgery: 'no-signature' }),
  'replayed-signature': () => ({ forgery: 'replayed-signature' }),
  hang: ({ byMs }) => ({ stallMs: byMs }),
};

/** The names of the rules, for messages and checks. */
export const faultRules = Object.keys(rules) as readonly FaultRule[];

/** Lays one verdict over another: delays and copies add up, a drop stays, the later hold or forgery wins. */
const compose = (before: Treatment, said: Partial<Treatment>): Treatment => ({
  ...before,
  ...said,
  dropped: before.dropped || (said.dropped ?? false),
  delayMs: before.delayMs + (said.delayMs ?? 0),
  copiesAfterMs: [...before.copiesAfterMs, ...(said.copiesAfterMs ?? [])],
});

/** Which faults a delivery uses up, and what they make of it together. */
export interface Ruling {
  readonly treatment: Treatment;
  /** Ids of the faults, each used up by one. */
  readonly faults: readonly number[];
}

/**
 * Asks the faults what becomes of a delivery.
 *
 * @param overtakes - another delivery is being held until this one passes; `reorder` then lets it pass, so that it
 *   swaps pairs and never holds two
 */
export function ruleOn(faults: readonly Fault[], field: string, overtakes: boolean): Ruling {
  const meets = faults.filter(
    (fault) =>
      (fault.field === undefined || fault.field === field) && !(fault.rule === 'reorder' && overtakes),
  );
  return {
    treatment: meets.reduce((treatment, fault) => compose(treatment, rules[fault.rule](fault)), untouched),
    faults: meets.map((fault) => fault.id),
  };
}
