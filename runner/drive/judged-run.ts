/** A run and what the judge says of it: the one way in which scenarios are played and judged, whoever asks for it. */
import type { Scenario } from '../../scenarios/language/scenario.ts';
import type { ScenarioFacts } from '../judge/facts.ts';
import { judgeAlone, judgeRun, type JudgeOptions } from '../judge/judge-run.ts';
import { transcribe } from '../judge/transcribe.ts';
import type { Transcript } from '../judge/transcript.ts';
import type { Report, ScenarioVerdict } from '../judge/verdict.ts';
import { redact } from '../report/redact.ts';
import { runScenarios, type RunOptions } from './run-scenarios.ts';

export interface JudgedRunOptions extends Omit<RunOptions, 'onFinished' | 'again' | 'enough'> {
  readonly judging: JudgeOptions;
  /** Version of coex, for the report. */
  readonly version: string;
  /** How often a scenario that is broken or inconclusive is played again. Default 0: what fails once, fails. */
  readonly retries?: number;
  /** Begins nothing more once so many scenarios are broken. */
  readonly bail?: number;
  /** The text of a scenario's file; wanted where transcripts are. */
  readonly textOf?: (scenario: Scenario) => string;
  readonly onJudged?: (verdict: ScenarioVerdict) => void;
}

export interface JudgedRun {
  /** Without secrets. */
  readonly report: Report;
  /** Of every scenario that was played, without secrets; empty where no tapes were kept. */
  readonly transcripts: readonly Transcript[];
  /** What was seen, without secrets. */
  readonly facts: readonly ScenarioFacts[];
  readonly stopped: boolean;
  /** What must never be shown. */
  readonly secrets: readonly string[];
}

/** @throws Mistake as {@link runScenarios} does */
export async function runAndJudge(options: JudgedRunOptions): Promise<JudgedRun> {
  const { judging, scenarios, retries = 0, bail, config, seed, version, onJudged, textOf } = options;
  const at = new Date(options.nowMs()).toISOString();
  let broken = 0;
  const isBad = (facts: ScenarioFacts): boolean =>
    ['fail', 'inconclusive'].includes(judgeAlone(facts, judging).verdict);
  const outcome = await runScenarios({
    ...options,
    ...(retries > 0 && { again: (facts, attempt) => attempt <= retries && isBad(facts) }),
    ...(bail !== undefined && { enough: () => broken >= bail }),
    onFinished(facts) {
      const verdict = judgeAlone(facts, judging);
      if (verdict.verdict === 'fail') broken += 1;
      onJudged?.(verdict);
    },
  });
  const { stopped, secrets } = outcome;
  // Without tapes they hold nothing that goes anywhere but into the report, which is cleaned itself.
  const facts = options.tape === true ? redact(outcome.scenarios, secrets) : outcome.scenarios;
  const played = new Set(facts.map(({ id }) => id));
  const unplayed = scenarios.map(({ id }) => id).filter((id) => !played.has(id));
  const run = { ...outcome, scenarios: facts, coex: version, seed, config: config.file, at, unplayed };
  const report = redact(judgeRun(run, judging), secrets);
  const transcripts = textOf
    ? facts.flatMap((one) => {
        const scenario = scenarios.find(({ id }) => id === one.id);
        return (scenario && transcribe(scenario, textOf(scenario), one)) ?? [];
      })
    : [];
  return { report, transcripts, facts, stopped, secrets };
}
