/** Plays a scenario from a program: what `coex run` does, as a function. */
import path from 'node:path';
import { stringify } from 'yaml';
import { obligationIds, obligationsNamed } from '../contracts/catalogue.ts';
import { parseScenario } from '../scenarios/language/parse.ts';
import { expandMatrix } from '../scenarios/language/matrix.ts';
import { renderDiagnostic } from '../scenarios/language/diagnostics.ts';
import type { Scenario } from '../scenarios/language/scenario.ts';
import { findScenarioFiles, loadConfig, loadScenarios, parseConfig, readText } from './cli/files.ts';
import { readVersion } from './cli/version.ts';
import { runAndJudge } from './drive/judged-run.ts';
import type { Transcript } from './judge/transcript.ts';
import type { Finding, ObligationVerdict, Report, Verdict } from './judge/verdict.ts';
import type { Config } from './plan/config.ts';
import { Mistake } from './plan/mistake.ts';
import { renderText } from './report/text.ts';

/** A config as `coex.config.yaml` has it (`contracts/config.schema.json`); values may hold `{port}`, `{graph}` and so on. */
export interface ConfigData {
  readonly sut: Readonly<Record<string, unknown>> & { readonly webhook: string };
  readonly [key: string]: unknown;
}

export interface RunScenarioOptions {
  /** The config, or the path of one. Default: `coex.config.yaml` in the current folder. */
  readonly config?: string | ConfigData;
  /** What relative paths are relative to. Default: the current folder. */
  readonly cwd?: string;
  /** Decides every id and chance. Default `coex`. */
  readonly seed?: string;
  /** Most scenarios at a time, where there are several. Default 16. */
  readonly jobs?: number;
  /** Ends the run early. */
  readonly signal?: AbortSignal;
  /** Hears of the output of the system under test. */
  readonly onOutput?: (text: string) => void;
}

export interface ScenarioResult {
  /** Nothing is broken, and nothing is in doubt. */
  readonly kept: boolean;
  /** The heaviest verdict of all obligations. */
  readonly verdict: Verdict;
  readonly obligations: readonly ObligationVerdict[];
  /** Why a verdict is no pass. */
  readonly findings: readonly Finding[];
  /** What happened, step by step. */
  readonly transcripts: readonly Transcript[];
  readonly report: Report;
  /** The report as people read it. */
  toString(): string;
}

/**
 * Plays a scenario against a system under test, and judges it.
 *
 * @param scenario - a path or pattern, an id of the library such as `echoes/a-photo-from-the-phone-silences-the-bot`, or
 * the text of a scenario itself
 * @throws Mistake for what the caller got wrong: the config, the scenario, a port in use, a system that does not come up
 *
 * @example
 * const result = await runScenario('echoes', { config: { sut: { command: 'node bot.js', port: 'auto', webhook: '…' } } });
 * if (!result.kept) console.error(String(result));
 */
export async function runScenario(
  scenario: string,
  { config: given, cwd = process.cwd(), seed = 'coex', jobs = 16, signal, onOutput }: RunScenarioOptions = {},
): Promise<ScenarioResult> {
  const config = configOf(given, cwd);
  const { scenarios, textOf } = scenariosOf(scenario, cwd);
  const { report, transcripts } = await runAndJudge({
    config,
    scenarios,
    seed,
    jobs,
    selfCheck: true,
    environment: process.env,
    nowMs: Date.now,
    version: readVersion(),
    tape: true,
    textOf,
    judging: {
      obligations: obligationsNamed(scenarios.flatMap((one) => one.obligations)),
      profiles: config.profiles,
      waivers: [],
      today: new Date().toISOString().slice(0, 10),
      replay: (file) => `npx coex run ${file}`,
    },
    ...(signal && { stop: signal }),
    ...(onOutput && { onOutput }),
  });
  return {
    kept: report.exitCode === 0 && report.unplayed.length === 0,
    verdict: heaviestOf(report),
    obligations: report.obligations,
    findings: report.findings,
    transcripts,
    report,
    toString: () => renderText(report),
  };
}

function heaviestOf({ scenarios }: Report): Verdict {
  const order: readonly Verdict[] = [
    'fail',
    'inconclusive',
    'not-observed',
    'waived',
    'not-applicable',
    'pass',
  ];
  return order.find((verdict) => scenarios.some((one) => one.verdict === verdict)) ?? 'not-observed';
}

function configOf(given: RunScenarioOptions['config'], cwd: string): Config & { readonly folder: string } {
  const io = { cwd, env: process.env };
  if (typeof given !== 'object') return loadConfig(given, io);
  return { ...parseConfig(stringify(given), 'config', io), folder: cwd };
}

interface Given {
  readonly scenarios: readonly Scenario[];
  readonly textOf: (scenario: Scenario) => string;
}

/** A text has lines; a path has none. */
function scenariosOf(given: string, cwd: string): Given {
  const ids = obligationIds();
  if (!given.includes('\n')) {
    const scenarios = loadScenarios(findScenarioFiles([given], cwd, cwd), ids);
    return { scenarios, textOf: ({ file }) => readText(path.resolve(cwd, file), file) };
  }
  const parsed = parseScenario(given, 'scenario', 'scenario', { obligations: new Set(ids) });
  if ('diagnostics' in parsed)
    throw new Mistake(parsed.diagnostics.map((one) => ({ message: renderDiagnostic(one, given) })));
  return { scenarios: expandMatrix(parsed.scenario), textOf: () => given };
}
