/** `coex run`: config and scenarios in, verdicts out. */
import path from 'node:path';
import { createColors } from 'picocolors';
import { obligations } from '../../contracts/catalogue.ts';
import type { Scenario } from '../../scenarios/language/scenario.ts';
import { runScenarios, Stopped, type LogLine } from '../drive/run-scenarios.ts';
import { judgeAlone, judgeRun, type JudgeOptions } from '../judge/judge-run.ts';
import type { Report } from '../judge/verdict.ts';
import { readBaseline } from '../plan/baseline.ts';
import { chooseScenarios } from '../plan/choose.ts';
import type { Config } from '../plan/config.ts';
import { Mistake } from '../plan/mistake.ts';
import { createProgress } from '../report/progress.ts';
import { redact, redactText } from '../report/redact.ts';
import { renderText } from '../report/text.ts';
import { findScenarioFiles, libraryFiles, loadConfig, loadScenarios, readText } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { readReportFlags, writeReports } from './reports.ts';
import { readVersion } from './version.ts';
import { wantWritable, writeFileOrMistake } from './write-file.ts';

export interface RunFlags {
  readonly config?: string;
  readonly report: readonly string[];
  readonly seed: string;
  readonly jobs: number;
  readonly anchor?: number;
  readonly baseline?: string;
  readonly log?: string;
  readonly selfCheck: boolean;
  readonly verbose?: boolean;
}

export async function run(files: readonly string[], flags: RunFlags, io: Io): Promise<ExitCode> {
  const reports = readReportFlags(flags.report);
  const config = loadConfig(flags.config, io);
  const { play, leftOut } = chooseScenarios(
    chosenScenarios(files, config, io),
    obligations(),
    config.profiles,
  );
  for (const { file } of reports) wantWritable(path.resolve(io.cwd, file), '--report');
  if (flags.log !== undefined) wantWritable(path.resolve(io.cwd, flags.log), '--log');
  const judging = judgeOptions(config, flags, io);
  const colors = createColors(io.out.isTerminal && io.env['NO_COLOR'] === undefined);
  const progress = createProgress({
    write: io.out.write,
    style: colors,
    total: play.length,
    verbose: flags.verbose === true,
    ...(io.out.isTerminal && { live: { columns: io.out.columns } }),
  });
  io.out.write(opening(play, leftOut, config, flags));
  const lines: LogLine[] = [];
  const stop = new AbortController();
  void io.stopped.then(() => stop.abort());
  const running = runScenarios({
    config,
    folder: config.folder,
    scenarios: play,
    seed: flags.seed,
    jobs: flags.jobs,
    selfCheck: flags.selfCheck,
    environment: io.env,
    nowMs: io.nowMs,
    stop: stop.signal,
    onStarted: ({ id }) => progress.started(id),
    onFinished: (facts) => progress.finished(judgeAlone(facts, judging)),
    ...(flags.anchor !== undefined && { anchorMs: flags.anchor }),
    ...(flags.verbose === true && { onOutput: io.err.write }),
    ...(flags.log !== undefined && { onLog: (line: LogLine) => lines.push(line) }),
  });
  const outcome = await running.catch(unlessStopped).finally(() => progress.end());
  if (!outcome) {
    io.err.write('Stopped. Nothing was judged.\n');
    return 130;
  }
  const facts = { coex: readVersion(), seed: flags.seed, config: config.file, ...outcome };
  const report: Report = redact(judgeRun(facts, judging), outcome.secrets);
  if (flags.log !== undefined) writeLog(path.resolve(io.cwd, flags.log), lines, play, outcome.secrets);
  await writeReports(reports, report, io.cwd);
  io.out.write(`\n${renderText(report, colors)}`);
  return report.exitCode;
}

/** From the command line, else from the config, else the built-in library. */
function chosenScenarios(
  files: readonly string[],
  config: Config & { readonly folder: string },
  io: Io,
): readonly Scenario[] {
  const found =
    files.length > 0
      ? findScenarioFiles(files, io.cwd, io.cwd)
      : config.scenarios
        ? findScenarioFiles(config.scenarios, config.folder, io.cwd, config.place('scenarios'))
        : libraryFiles(io.cwd);
  return loadScenarios(
    found,
    obligations().map(({ id }) => id),
  );
}

function judgeOptions(config: Config, flags: RunFlags, io: Io): JudgeOptions {
  const all = obligations();
  const ids = all.map(({ id }) => id);
  const { baseline } = flags;
  return {
    obligations: all,
    profiles: config.profiles,
    waivers:
      baseline === undefined
        ? []
        : readBaseline(readText(path.resolve(io.cwd, baseline), baseline), baseline, ids),
    today: new Date(io.nowMs()).toISOString().slice(0, 10),
    replay: (file) =>
      `npx coex run ${quote(file)} --config ${quote(config.file)} --seed ${quote(flags.seed)}`,
  };
}

/** As a shell takes it. */
const quote = (text: string): string =>
  /^[\w@%+=:,./~#-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

function opening(
  play: readonly Scenario[],
  leftOut: readonly Scenario[],
  config: Config,
  flags: RunFlags,
): string {
  if (play.length === 0)
    throw new Mistake({
      message: 'None of these scenarios concerns the declared profiles.',
      place: config.place('profiles'),
    });
  const skipped =
    leftOut.length === 0 ? '' : ` · ${leftOut.length} left out: they bind profiles that are not declared`;
  return `coex ${readVersion()} · ${play.length} ${play.length === 1 ? 'scenario' : 'scenarios'} · seed ${flags.seed}${skipped}\n\n`;
}

function unlessStopped(error: unknown): undefined {
  if (!(error instanceof Stopped)) throw error;
}

/** In the order of the scenarios, whichever ended first: two runs can be compared line by line. */
function writeLog(
  file: string,
  lines: readonly LogLine[],
  scenarios: readonly Scenario[],
  secrets: readonly string[],
): void {
  const text = scenarios
    .flatMap(({ id }) => lines.filter((line) => line.scenario === id))
    .map((line) => `${redactText(JSON.stringify(line), secrets)}\n`)
    .join('');
  writeFileOrMistake(file, text, '--log');
}
