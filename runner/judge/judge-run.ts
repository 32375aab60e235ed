/** Facts of all scenarios → the report: verdicts added up over scenarios, findings, the exit code. Pure. */
import type { Fact, ScenarioFacts } from './facts.ts';
import { selectorOf } from '../../scenarios/language/matrix.ts';
import { judgeObligation, type Judgement } from './judge-scenario.ts';
import { showExchange } from './show-exchange.ts';
import { isAbout, type Waiver } from '../plan/baseline.ts';
import type {
  Finding,
  JudgedObligation,
  OutdatedWaiver,
  ObligationVerdict,
  Report,
  ScenarioVerdict,
  ShownMistake,
  ShownOwnFault,
  Verdict,
} from './verdict.ts';

export interface RunFacts {
  readonly coex: string;
  readonly seed: string;
  readonly config: string;
  /** When it began, ISO 8601. */
  readonly at: string;
  readonly scenarios: readonly ScenarioFacts[];
  /** Ids of those that were not played after all. */
  readonly unplayed?: readonly string[];
  readonly notices: readonly string[];
  readonly tookMs: number;
}

export interface JudgeOptions {
  readonly obligations: readonly JudgedObligation[];
  /** Ids of the only ones that are judged; missing: all that the scenarios name. */
  readonly only?: readonly string[];
  /** What the system under test declares to do. */
  readonly profiles: readonly string[];
  readonly waivers: readonly Waiver[];
  /** Today, `2026-11-23`: the day waivers are held against. */
  readonly today: string;
  /** The command that plays one scenario file again. */
  readonly replay: (file: string) => string;
  /** Exchanges in findings; more only make a report long. */
  readonly maxExchanges?: number;
}

/** Verdicts from the one that decides to the one that any other outweighs. */
const weight: readonly Verdict[] = [
  'fail',
  'inconclusive',
  'pass',
  'waived',
  'not-observed',
  'not-applicable',
];

const heaviest = (verdicts: readonly Verdict[], otherwise: Verdict): Verdict =>
  weight.find((verdict) => verdicts.includes(verdict)) ?? otherwise;

export function judgeRun(run: RunFacts, options: JudgeOptions): Report {
  const scenarios = run.scenarios.map((scenario) => judgeScenario(scenario, options));
  const findings = scenarios.flatMap(({ findings: found }) => found);
  const obligations = options.obligations
    .filter(({ id }) => scenarios.some(({ verdict }) => verdict.obligations.some((one) => one.id === id)))
    .map((obligation) => judgeAcross(obligation, scenarios, options));
  const ownFaults = run.scenarios.flatMap(shownFaults);
  const mistakes = run.scenarios.flatMap(shownMistakes);
  const report = {
    coex: run.coex,
    seed: run.seed,
    config: run.config,
    at: run.at,
    tookMs: run.tookMs,
    scenarios: scenarios.map(({ verdict }) => verdict),
    obligations,
    findings,
    ownFaults,
    mistakes,
    outdatedWaivers: options.waivers.flatMap((waiver) => outdated(waiver, scenarios, options)),
    unplayed: run.unplayed ?? [],
    notices: run.notices,
  };
  return { ...report, exitCode: exitCodeOf(report) };
}

/** The heaviest thing that a report says. */
export function exitCodeOf(report: Omit<Report, 'exitCode'>): Report['exitCode'] {
  const verdicts = report.scenarios.map(({ verdict }) => verdict);
  if (report.ownFaults.length > 0) return 70;
  if (report.mistakes.length > 0) return 2;
  if (verdicts.includes('fail') || report.outdatedWaivers.length > 0) return 1;
  return report.notices.length > 0 || verdicts.includes('inconclusive') ? 3 : 0;
}

/** The verdict on one scenario by itself, for those who cannot wait for all of them. */
export const judgeAlone = (scenario: ScenarioFacts, options: JudgeOptions): ScenarioVerdict =>
  judgeScenario(scenario, options).verdict;

interface JudgedScenario {
  readonly verdict: ScenarioVerdict;
  /** Obligations as they were seen, before profiles and waivers. */
  readonly seen: readonly { readonly id: string | undefined; readonly verdict: Verdict }[];
  readonly findings: readonly Finding[];
}

function judgeScenario(scenario: ScenarioFacts, options: JudgeOptions): JudgedScenario {
  // A scenario that names no obligation is judged as a whole: its author's expectations count as well.
  const named = scenario.obligations.filter((id) => options.only?.includes(id) !== false);
  const asked = scenario.obligations.length === 0 ? [undefined] : named;
  const judged = asked.map((id) => {
    const judgement = judgeObligation(scenario, id);
    const verdict = adjust(judgement.verdict, id, scenario.id, options);
    const finding = toFinding(scenario, judgement, verdict, id, options);
    return { id, seen: judgement.verdict, verdict, findings: finding ? [finding] : [] };
  });
  return {
    verdict: {
      id: scenario.id,
      title: scenario.title,
      file: scenario.file,
      tookMs: scenario.tookMs,
      ...(scenario.attempts !== undefined && { attempts: scenario.attempts }),
      verdict: heaviest(
        judged.map(({ verdict }) => verdict),
        'pass',
      ),
      obligations: judged.flatMap(({ id, verdict }) => (id === undefined ? [] : [{ id, verdict }])),
    },
    seen: judged.map(({ id, seen }) => ({ id, verdict: seen })),
    findings: judged.flatMap(({ findings }) => findings),
  };
}

/** What the config says about an obligation comes before what was seen. */
function adjust(verdict: Verdict, id: string | undefined, scenario: string, options: JudgeOptions): Verdict {
  const obligation = options.obligations.find((one) => one.id === id);
  if (obligation && !options.profiles.includes(obligation.profile)) return 'not-applicable';
  return verdict === 'fail' && waiverOf(id, scenario, options) ? 'waived' : verdict;
}

const waiverOf = (id: string | undefined, scenario: string, { waivers, today }: JudgeOptions) =>
  waivers.find((waiver) => isAbout(waiver, id, scenario) && today < waiver.until);

/** Only what was played says anything about a waiver. */
function outdated(
  waiver: Waiver,
  scenarios: readonly JudgedScenario[],
  { today }: JudgeOptions,
): readonly OutdatedWaiver[] {
  const about = scenarios.flatMap(({ verdict: { id: scenario }, seen }) =>
    seen.filter(({ id }) => isAbout(waiver, id, scenario)).map(({ verdict }) => verdict),
  );
  if (about.length === 0) return [];
  const { place, obligation, scenario } = waiver;
  const entry = { place, obligation, ...(scenario !== undefined && { scenario }) };
  if (today >= waiver.until) return [{ ...entry, why: 'expired' }];
  return about.includes('pass') && !about.includes('fail') ? [{ ...entry, why: 'kept' }] : [];
}

/**
 * The verdict on an obligation over all scenarios that looked at it: the heaviest one.
 *
 * One waived failure outweighs any number of passes, or a waiver would hide behind them.
 */
export const verdictAcross = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('waived') && !verdicts.includes('fail') ? 'waived' : heaviest(verdicts, 'not-observed');

function judgeAcross(
  obligation: JudgedObligation,
  scenarios: readonly JudgedScenario[],
  options: JudgeOptions,
): ObligationVerdict {
  const looked = scenarios.filter(({ verdict }) =>
    verdict.obligations.some(({ id }) => id === obligation.id),
  );
  const verdicts = looked.flatMap(({ verdict }) =>
    verdict.obligations.filter(({ id }) => id === obligation.id).map((one) => one.verdict),
  );
  const verdict = verdictAcross(verdicts);
  const waivedIn = looked.find((one) =>
    one.verdict.obligations.some(({ id, verdict: given }) => id === obligation.id && given === 'waived'),
  );
  const waiver =
    verdict === 'waived' && waivedIn ? waiverOf(obligation.id, waivedIn.verdict.id, options) : undefined;
  const { id, statement, level, profile, source, fix } = obligation;
  return {
    id,
    statement,
    level,
    profile,
    source,
    fix,
    verdict,
    scenarios: looked.map((one) => one.verdict.id),
    ...(waiver && { waiver: { reason: waiver.reason, until: waiver.until } }),
  };
}

function toFinding(
  scenario: ScenarioFacts,
  { reason }: Judgement,
  verdict: Verdict,
  obligation: string | undefined,
  options: JudgeOptions,
): Finding | undefined {
  if (!reason || verdict === 'pass' || verdict === 'not-applicable') return undefined;
  const at = reason.kind === 'fact' ? reason.fact.at : 'at' in reason.ending ? reason.ending.at : undefined;
  return {
    ...(obligation !== undefined && { obligation }),
    verdict,
    scenario: scenario.id,
    file: scenario.file,
    ...(at && { at }),
    ...(reason.kind === 'fact' && { step: stepName(reason.fact) }),
    expected: reason.seen.expected,
    happened: reason.seen.happened,
    exchanges: reason.seen.exchanges.slice(-(options.maxExchanges ?? 3)).map(showExchange),
    replay: options.replay(selectorOf(scenario)),
  };
}

const stepName = (fact: Fact): string => (fact.role === 'control' ? `${fact.step} (control)` : fact.step);

const shownFaults = (scenario: ScenarioFacts): readonly ShownOwnFault[] =>
  scenario.ownFaults.map(({ what, message, exchange, at }) => ({
    scenario: scenario.id,
    what,
    message,
    place: at ? `${scenario.file}:${at.line}:${at.column}` : scenario.file,
    exchange: showExchange(exchange),
  }));

const shownMistakes = ({ id, file, ending }: ScenarioFacts): readonly ShownMistake[] =>
  ending.kind === 'mistaken'
    ? [
        {
          scenario: id,
          place: `${file}:${ending.at.line}:${ending.at.column}`,
          message: ending.message,
          ...(ending.hint !== undefined && { hint: ending.hint }),
        },
      ]
    : [];
