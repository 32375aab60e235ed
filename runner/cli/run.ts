/** `coex run`: config and scenarios in, verdicts out. */
import path from 'node:path';
import { obligationIds, obligationsNamed } from '../../contracts/catalogue.ts';
import type { Scenario } from '../../scenarios/language/scenario.ts';
import { runAndJudge, type JudgedRun } from '../drive/judged-run.ts';
import type { LogLine } from '../drive/run-scenarios.ts';
import type { JudgeOptions } from '../judge/judge-run.ts';
import { chooseScenarios } from '../plan/choose.ts';
import { profiles, type Config, type Profile } from '../plan/config.ts';
import { hint, Mistake, renderNotes, type MistakeNote } from '../plan/mistake.ts';
import { selectScenarios, type Shard } from '../plan/select.ts';
import { suggest } from '../../scenarios/language/suggest.ts';
import { createProgress } from '../report/progress.ts';
import { redactText } from '../report/redact.ts';
import { findBaseline, writeBaseline, type Baseline } from './baseline-file.ts';
import { findScenarioFiles, libraryFiles, loadConfig, loadScenarios, readText } from './files.ts';
import { colorsFor, type ExitCode, type Io } from './io.ts';
import { quote } from './quote.ts';
import {
  readFormat,
  readReportFlags,
  tellForge,
  wantTapes,
  writeFormat,
  writeReports,
  type WantedReport,
} from './reports.ts';
import { readVersion } from './version.ts';
import { wantWritable, writeFileOrComplain } from './write-file.ts';

export interface RunFlags {
  readonly config?: string;
  readonly report: readonly string[];
  /** What is written to the standard output; missing: text for people. */
  readonly format?: string;
  readonly seed: string;
  readonly jobs: number;
  readonly anchor?: number;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly log?: string;
  readonly selfCheck: boolean;
  readonly verbose?: boolean;
  readonly grep?: string;
  readonly profile: readonly string[];
  readonly obligation: readonly string[];
  readonly shard?: Shard;
  readonly bail?: number;
  readonly retries: number;
  readonly transcripts?: boolean;
  readonly watch?: boolean;
}

export async function run(files: readonly string[], flags: RunFlags, io: Io): Promise<ExitCode> {
  if (flags.watch !== true) return runOnce(prepareRun(files, flags, io), io);
  const { watchRuns } = await import('./watch.ts');
  return watchRuns(files, flags, io);
}

/** All that is known before anything is started. */
export interface PreparedRun {
  readonly flags: RunFlags;
  readonly config: Config & { readonly folder: string };
  readonly play: readonly Scenario[];
  readonly leftOut: readonly Scenario[];
  readonly reports: readonly WantedReport[];
  readonly format: WantedReport['kind'];
  readonly baseline: Baseline;
  readonly judging: JudgeOptions;
}

/** @throws Mistake with everything that can be told before a run */
export function prepareRun(files: readonly string[], flags: RunFlags, io: Io): PreparedRun {
  const reports = readReportFlags(flags.report);
  const format = readFormat(flags.format);
  const declared = loadConfig(flags.config, io);
  const config = { ...declared, profiles: narrowedProfiles(declared, flags.profile) };
  const all = chosenScenarios(files, config, io);
  const ids = obligationIds();
  const selected = selectScenarios(all, { ...flags, obligations: flags.obligation }, ids);
  const named = obligationsNamed(selected.flatMap((scenario) => scenario.obligations));
  const { play, leftOut } = chooseScenarios(selected, named, config.profiles);
  if (play.length === 0) throw nothingToPlay(config, flags);
  for (const { file } of reports) wantWritable(path.resolve(io.cwd, file), '--report');
  if (flags.log !== undefined) wantWritable(path.resolve(io.cwd, flags.log), '--log');
  const baseline = findBaseline(flags, config, io, {
    obligations: ids,
    scenarios: () => [...all, ...library(io)].map(({ id }) => id),
  });
  return {
    flags,
    config,
    play,
    leftOut,
    reports,
    format,
    baseline,
    judging: judgeOptions(config, flags, { obligations: named, waivers: baseline.waivers }, io),
  };
}

/** Plays, judges, and tells. @returns the exit code */
export async function runOnce(prepared: PreparedRun, io: Io, stop?: AbortSignal): Promise<ExitCode> {
  const { flags, config, play, leftOut, reports, format, baseline, judging } = prepared;
  // What a program reads from the standard output must be nothing else.
  const talk = format === 'text' ? io.out : io.err;
  const colors = colorsFor(talk, io.env);
  if (config.warnings.length > 0) io.err.write(`${renderNotes(config.warnings)}\n\n`);
  const progress = createProgress({
    write: talk.write,
    style: colors,
    total: play.length,
    verbose: flags.verbose === true,
    ...(talk.isTerminal && { live: { columns: talk.columns } }),
  });
  talk.write(opening(play, leftOut, flags));
  const lines: LogLine[] = [];
  const taped = flags.transcripts === true || wantTapes(reports, format);
  const ran = await runAndJudge({
    config,
    scenarios: play,
    seed: flags.seed,
    jobs: flags.jobs,
    selfCheck: flags.selfCheck,
    environment: io.env,
    nowMs: io.nowMs,
    stop: stop ?? stopSignal(io),
    judging,
    version: readVersion(),
    retries: flags.retries,
    ...(flags.bail !== undefined && { bail: flags.bail }),
    ...(taped && { tape: true, textOf: ({ file }) => readText(path.resolve(io.cwd, file), file) }),
    onStarted: ({ id }) => progress.started(id),
    onJudged: (verdict) => progress.finished(verdict),
    ...(flags.anchor !== undefined && { anchorMs: flags.anchor }),
    ...(flags.verbose === true && { onOutput: io.err.write }),
    ...(flags.log !== undefined && { onLog: (line: LogLine) => lines.push(line) }),
  }).finally(() => progress.end());
  const log =
    flags.log === undefined
      ? []
      : writeFileOrComplain(path.resolve(io.cwd, flags.log), logText(lines, play, ran.secrets), '--log');
  return await tell(ran, { reports, format, baseline, flags, log }, io);
}

interface Telling {
  readonly reports: readonly WantedReport[];
  readonly format: WantedReport['kind'];
  readonly baseline: Baseline;
  readonly flags: RunFlags;
  /** What there is to complain about the log. */
  readonly log: readonly MistakeNote[];
}

/** A report that cannot be written is told, and changes nothing of the verdict. */
async function tell(
  ran: JudgedRun,
  { reports, format, baseline, flags, log }: Telling,
  io: Io,
): Promise<ExitCode> {
  const { report, stopped } = ran;
  const complaints = [...log, ...(await writeReports(reports, ran, io.cwd))];
  await writeFormat(format, ran, io);
  complaints.push(...(await tellForge(format, ran, io)));
  if (flags.updateBaseline === true) complaints.push(...writeBaseline(baseline, report, io));
  if (complaints.length > 0) io.err.write(`${renderNotes(complaints)}\n`);
  if (!stopped) return report.exitCode;
  const { scenarios, unplayed } = report;
  io.err.write(`Stopped after ${scenarios.length} of ${scenarios.length + unplayed.length} scenarios.\n`);
  return 130;
}

export function stopSignal(io: Pick<Io, 'stopped'>): AbortSignal {
  const stop = new AbortController();
  void io.stopped.then(() => stop.abort());
  return stop.signal;
}

/** From the command line, else from the config, else the built-in library. */
export function chosenScenarios(
  files: readonly string[],
  config: Config & { readonly folder: string },
  io: Pick<Io, 'cwd'>,
): readonly Scenario[] {
  const found =
    files.length > 0
      ? findScenarioFiles(files, io.cwd, io.cwd)
      : config.scenarios
        ? findScenarioFiles(config.scenarios, config.folder, io.cwd, config.place('scenarios'))
        : libraryFiles(io.cwd);
  return loadScenarios(found, obligationIds());
}

const library = (io: Pick<Io, 'cwd'>): readonly Scenario[] =>
  loadScenarios(libraryFiles(io.cwd), obligationIds());

/** A run may ask for less than the system declares, never for more. */
function narrowedProfiles(config: Config, given: readonly string[]): readonly Profile[] {
  if (given.length === 0) return config.profiles;
  return given.map((name) => {
    const profile = profiles.find((one) => one === name);
    if (!profile)
      throw new Mistake({
        message: `There is no profile “${name}”.`,
        place: '--profile',
        ...hint(suggest(name, profiles) ?? `One of ${profiles.join(', ')}.`),
      });
    if (!config.profiles.includes(profile))
      throw new Mistake({
        message: `The system does not declare the profile “${profile}”.`,
        place: config.place('profiles'),
        hint: 'Add it there, or leave --profile out.',
      });
    return profile;
  });
}

function judgeOptions(
  config: Config,
  flags: RunFlags,
  known: Pick<JudgeOptions, 'obligations' | 'waivers'>,
  io: Io,
): JudgeOptions {
  const wanted = flags.obligation;
  return {
    ...known,
    ...(wanted.length > 0 && { only: wanted }),
    profiles: config.profiles,
    today: new Date(io.nowMs()).toISOString().slice(0, 10),
    replay: (file) =>
      `npx coex run ${quote(file)} --config ${quote(config.file)} --seed ${quote(flags.seed)}`,
  };
}

function nothingToPlay(config: Config, { shard, grep, obligation }: RunFlags): Mistake {
  if (shard)
    return new Mistake({
      message: `Part ${shard.index} of ${shard.count} is empty: there are fewer scenarios than parts.`,
      place: '--shard',
      hint: 'Use fewer parts.',
    });
  return new Mistake({
    message: 'None of these scenarios concerns the declared profiles.',
    place: grep === undefined && obligation.length === 0 ? config.place('profiles') : '--profile',
  });
}

function opening(play: readonly Scenario[], leftOut: readonly Scenario[], flags: RunFlags): string {
  const skipped =
    leftOut.length === 0 ? '' : ` · ${leftOut.length} left out: they bind profiles that are not declared`;
  const part = flags.shard ? ` · part ${flags.shard.index} of ${flags.shard.count}` : '';
  return `coex ${readVersion()} · ${play.length} ${play.length === 1 ? 'scenario' : 'scenarios'} · seed ${flags.seed}${part}${skipped}\n\n`;
}

/** In the order of the scenarios, whichever ended first: two runs can be compared line by line. */
const logText = (
  lines: readonly LogLine[],
  scenarios: readonly Scenario[],
  secrets: readonly string[],
): string =>
  scenarios
    .flatMap(({ id }) => lines.filter((line) => line.scenario === id))
    .map((line) => `${redactText(JSON.stringify(line), secrets)}\n`)
    .join('');
