/** Facts of all scenarios → the report: verdicts added up over scenarios, findings, the exit code. Pure. */
import type { Fact, ScenarioFacts } from './facts.ts';
import { selectorOf } from '../../scenarios/language/matrix.ts';
import { judgeObligation, type Judgement } from './judge-scenario.ts';
import { showExchange } from './show-exchange.ts';
import type {
  Finding,
  JudgedObligation,
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
  readonly scenarios: readonly ScenarioFacts[];
  readonly notices: readonly string[];
  readonly tookMs: number;
}

export interface JudgeOptions {
  readonly obligations: readonly JudgedObligation[];
  /** What the system under test declares to do. */
  readonly profiles: readonly string[];
  readonly waivers: readonly {
    readonly obligation: string;
    readonly reason: string;
    readonly until: string;
  }[];
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
    .filter(({ id }) => run.scenarios.some((scenario) => scenario.obligations.includes(id)))
    .map((obligation) => judgeAcross(obligation, scenarios, options));
  const ownFaults = run.scenarios.flatMap(shownFaults);
  const mistakes = run.scenarios.flatMap(shownMistakes);
  const verdicts = scenarios.map(({ verdict }) => verdict);
  return {
    coex: run.coex,
    seed: run.seed,
    config: run.config,
    exitCode: exitCode(
      verdicts.map(({ verdict }) => verdict),
      {
        ours: ownFaults.length > 0,
        mistaken: mistakes.length > 0,
        doubtful: run.notices.length > 0,
      },
    ),
    tookMs: run.tookMs,
    scenarios: verdicts,
    obligations,
    findings,
    ownFaults,
    mistakes,
    notices: run.notices,
  };
}

function exitCode(
  verdicts: readonly Verdict[],
  { ours, mistaken, doubtful }: { ours: boolean; mistaken: boolean; doubtful: boolean },
): Report['exitCode'] {
  if (ours) return 70;
  if (mistaken) return 2;
  if (verdicts.includes('fail')) return 1;
  return doubtful || verdicts.includes('inconclusive') ? 3 : 0;
}

/** The verdict on one scenario by itself, for those who cannot wait for all of them. */
export const judgeAlone = (scenario: ScenarioFacts, options: JudgeOptions): ScenarioVerdict =>
  judgeScenario(scenario, options).verdict;

interface JudgedScenario {
  readonly verdict: ScenarioVerdict;
  readonly findings: readonly Finding[];
}

function judgeScenario(scenario: ScenarioFacts, options: JudgeOptions): JudgedScenario {
  // A scenario that names no obligation is judged as a whole: its author's expectations count as well.
  const asked = scenario.obligations.length === 0 ? [undefined] : scenario.obligations;
  const judged = asked.map((id) => {
    const judgement = judgeObligation(scenario, id);
    const verdict = adjust(judgement.verdict, id, options);
    const finding = toFinding(scenario, judgement, verdict, id, options);
    return { id, verdict, findings: finding ? [finding] : [] };
  });
  return {
    verdict: {
      id: scenario.id,
      title: scenario.title,
      file: scenario.file,
      tookMs: scenario.tookMs,
      verdict: heaviest(
        judged.map(({ verdict }) => verdict),
        'pass',
      ),
      obligations: judged.flatMap(({ id, verdict }) => (id === undefined ? [] : [{ id, verdict }])),
    },
    findings: judged.flatMap(({ findings }) => findings),
  };
}

/** What the config says about an obligation comes before what was seen. */
function adjust(verdict: Verdict, id: string | undefined, options: JudgeOptions): Verdict {
  const obligation = options.obligations.find((one) => one.id === id);
  if (obligation && !options.profiles.includes(obligation.profile)) return 'not-applicable';
  return verdict === 'fail' && waiverOf(id, options) ? 'waived' : verdict;
}

const waiverOf = (id: string | undefined, { waivers, today }: JudgeOptions) =>
  waivers.find(({ obligation, until }) => obligation === id && today < until);

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
  // One waived failure outweighs any number of passes, or a waiver would hide behind them.
  const verdict =
    verdicts.includes('waived') && !verdicts.includes('fail') ? 'waived' : heaviest(verdicts, 'not-observed');
  const waiver = verdict === 'waived' ? waiverOf(obligation.id, options) : undefined;
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
