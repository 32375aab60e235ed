/** `coex run --watch`: plays again whenever a scenario, the config or a source file of the system changes. */
import path from 'node:path';
import { watch } from 'chokidar';
import { Mistake, renderNotes } from '../plan/mistake.ts';
import type { ExitCode, Io } from './io.ts';
import { prepareRun, runOnce, stopSignal, type PreparedRun, type RunFlags } from './run.ts';

/** What people write by hand. A system's own data, which changes with each run, is something else. */
const sources =
  /\.(?:[cm]?[jt]sx?|py|php|rb|go|java|kt|scala|rs|cs|exs?|ya?ml|env|vue|svelte)$|(?:^|\/)(?:package\.json|composer\.json|Gemfile|go\.mod)$/;
/** Folders that hold nothing of that kind. */
const passedBy =
  /(?:^|\/)(?:node_modules|vendor|\.git|\.venv|__pycache__|dist|build|target|test-output)(?:\/|$)/;

/** An editor writes a file in several steps. */
const settleMs = 100;

/** Ends when the person asks for it. @returns the exit code of the last run */
export async function watchRuns(files: readonly string[], flags: RunFlags, io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  let wake: () => void = () => undefined;
  const changed = new Set<string>();
  const watcher = watch([], { ignoreInitial: true, ignored: (name) => passedBy.test(name) });
  const over = stopSignal(io);
  over.addEventListener('abort', () => wake());
  watcher.on('all', (_event, name) => {
    if (!sources.test(name)) return;
    changed.add(path.relative(io.cwd, name));
    wake();
  });
  try {
    while (!over.aborted) {
      const stop = new AbortController();
      wake = () => stop.abort();
      const prepared = prepare(files, flags, io);
      if (prepared) {
        watcher.add(watchedBy(prepared, io));
        exitCode = await runOnce(prepared, io, stop.signal).catch((error: unknown) => complain(error, io));
      } else {
        watcher.add(path.resolve(io.cwd, flags.config ?? 'coex.config.yaml'));
        exitCode = 2;
      }
      if (stop.signal.aborted) {
        await settled();
      } else {
        io.err.write('\nWatching for changes; Ctrl-C ends it.\n');
        await new Promise<void>((resolve) => (wake = resolve));
        await settled();
      }
      if (changed.size > 0) io.err.write(`\nChanged: ${[...changed].slice(0, 5).join(', ')}\n\n`);
      changed.clear();
    }
    return exitCode;
  } finally {
    await watcher.close();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, settleMs));

/** A mistake in the middle of writing is no reason to end. */
function prepare(files: readonly string[], flags: RunFlags, io: Io): PreparedRun | undefined {
  try {
    return prepareRun(files, flags, io);
  } catch (error) {
    complain(error, io);
    return undefined;
  }
}

function complain(error: unknown, io: Io): ExitCode {
  if (!(error instanceof Mistake)) throw error;
  io.err.write(`${renderNotes(error.notes)}\n`);
  return error.exitCode;
}

function watchedBy({ config, play, baseline }: PreparedRun, io: Io): string[] {
  return [
    path.resolve(io.cwd, config.file),
    baseline.file,
    path.resolve(config.folder, config.sut.cwd),
    ...play.map(({ file }) => path.resolve(io.cwd, file)),
  ];
}
