/** Verdicts: what the judge says, as plain data that the reports render. */
import type { Position } from '../../scenarios/language/scenario.ts';

export type Verdict = 'pass' | 'fail' | 'inconclusive' | 'not-observed' | 'not-applicable' | 'waived';

/** What the judge and the reports need to know of an obligation; the contracts' own type fits. */
export interface JudgedObligation {
  readonly id: string;
  readonly statement: string;
  readonly level: 'MUST' | 'SHOULD';
  readonly profile: string;
  readonly source: {
    readonly page: string;
    readonly url?: string;
    readonly evidence: 'documented' | 'observed' | 'assumed';
  };
  readonly fix: string;
}

/** An exchange as a report shows it: bodies cut. */
export interface ShownExchange {
  readonly title: string;
  readonly sent: string;
  readonly answered: string;
}

/** Why a verdict is no pass. */
export interface Finding {
  /** Missing on a scenario that proves no obligation. */
  readonly obligation?: string;
  readonly verdict: Exclude<Verdict, 'pass'>;
  readonly scenario: string;
  readonly file: string;
  readonly at?: Position;
  /** The step it was seen at, such as `expect.noCall`. */
  readonly step?: string;
  readonly expected: string;
  readonly happened: string;
  readonly exchanges: readonly ShownExchange[];
  /** Plays just this again. */
  readonly replay: string;
}

export interface ScenarioVerdict {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly verdict: Verdict;
  readonly tookMs: number;
  /** How often it was played, where that was more than once; the last time counts. */
  readonly attempts?: number;
  readonly obligations: readonly { readonly id: string; readonly verdict: Verdict }[];
}

export interface ObligationVerdict extends JudgedObligation {
  readonly verdict: Verdict;
  /** Ids of the scenarios that looked at it. */
  readonly scenarios: readonly string[];
  /** Set on `waived`. */
  readonly waiver?: { readonly reason: string; readonly until: string };
}

/** A fault of ours; the run cannot be trusted. */
export interface ShownOwnFault {
  readonly scenario: string;
  readonly what: string;
  readonly message: string;
  readonly place: string;
  readonly exchange: ShownExchange;
}

/** A mistake in a scenario that only playing it could show. */
export interface ShownMistake {
  readonly scenario: string;
  readonly place: string;
  readonly message: string;
  readonly hint?: string;
}

/** An entry of the baseline that is no longer true; it fails the run, or nobody would ever take it out. */
export interface OutdatedWaiver {
  readonly place: string;
  readonly obligation: string;
  readonly scenario?: string;
  /** `kept`: what it tolerates does not happen any more. `expired`: its day has come. */
  readonly why: 'kept' | 'expired';
}

/** Everything a report says. */
export interface Report {
  readonly coex: string;
  /** When the run began, ISO 8601. */
  readonly at: string;
  readonly seed: string;
  readonly config: string;
  readonly exitCode: 0 | 1 | 2 | 3 | 70;
  readonly tookMs: number;
  readonly scenarios: readonly ScenarioVerdict[];
  readonly obligations: readonly ObligationVerdict[];
  readonly findings: readonly Finding[];
  readonly ownFaults: readonly ShownOwnFault[];
  readonly mistakes: readonly ShownMistake[];
  readonly outdatedWaivers: readonly OutdatedWaiver[];
  /** Ids of scenarios that were to be played and were not: the run was stopped, or had seen enough. */
  readonly unplayed: readonly string[];
  /** What the run as a whole has to say, such as a death that no single scenario caused. */
  readonly notices: readonly string[];
}
