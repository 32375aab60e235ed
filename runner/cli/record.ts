/** `coex record`: stands between a sender of webhooks and the system under test, and writes what went through as a scenario. */
import { existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Mistake } from '../plan/mistake.ts';
import { portMistake } from '../plan/port-mistake.ts';
import { createCapture } from '../record/capture.ts';
import { createRecorder, type Recorder } from '../record/recorder.ts';
import { writeRecording } from '../record/write-recording.ts';
import { callbackUrl } from './callback-url.ts';
import type { ExitCode, Io } from './io.ts';
import { wantWritable, writeFileOrMistake } from './write-file.ts';

export interface RecordFlags {
  /** Where webhooks go on to. */
  readonly target?: string;
  /** Where webhooks come in. */
  readonly port: number;
  /** The scenario. */
  readonly out: string;
  /** The redacted capture, as it comes. */
  readonly raw?: string;
  /** Where Graph calls go on to; missing: none are taken. */
  readonly graph?: string;
  /** Where Graph calls come in. */
  readonly graphPort: number;
}

/**
 * Resolves when it was asked to stop and the scenario is written.
 *
 * @throws Mistake before anything is recorded: an address, a port or a file that is no use
 */
export async function record(flags: RecordFlags, io: Io): Promise<ExitCode> {
  const target = targetOf(flags);
  const graph = flags.graph === undefined ? undefined : callbackUrl(flags.graph, '--graph');
  const out = path.resolve(io.cwd, flags.out);
  const isOurs = wantNewFile(out);
  const raw = flags.raw === undefined ? undefined : path.resolve(io.cwd, flags.raw);
  if (raw !== undefined) wantWritable(raw, '--raw');
  const capture =
    raw === undefined
      ? undefined
      : createCapture(raw, (reason) => io.err.write(`${raw} cannot be written any more: ${reason}\n`));
  const recorder = await createRecorder({
    target,
    port: flags.port,
    ...(graph && { graph: { target: graph, port: flags.graphPort } }),
    nowMs: io.nowMs,
    onLine: (line) => io.out.write(`${line}\n`),
    ...(capture && { capture }),
  }).catch((error: unknown) => {
    if (isOurs) rmSync(out, { force: true });
    const taken = error instanceof Error && 'port' in error ? Number(error.port) : flags.port;
    const flag = graph && taken === flags.graphPort && taken !== flags.port ? '--graph-port' : '--port';
    throw portMistake(error, taken, flag) ?? error;
  });
  io.out.write(greeting(recorder, target, flags));
  await io.stopped;
  await recorder.close();
  const written = writeRecording(recorder.recorded, io.nowMs(), recorder.personOf, recorder.lost);
  if (!written) {
    if (isOurs) rmSync(out, { force: true });
    io.err.write('Nothing was recorded that a scenario could do, so none was written.\n');
    return 0;
  }
  writeFileOrMistake(out, written.text, '--out');
  const steps = written.steps === 1 ? '1 step' : `${written.steps} steps`;
  io.out.write(
    `${steps} in ${flags.out}${written.leftOut.length === 0 ? '' : '; what is not in them stands at its top'}.\n`,
  );
  io.out.write(`Play them with: npx coex run ${flags.out}\n`);
  return 0;
}

function targetOf({ target, port }: RecordFlags): URL {
  if (target === undefined)
    throw new Mistake({
      message: 'Where do webhooks go on to?',
      place: '--target',
      hint: 'coex record --target http://127.0.0.1:3000/webhook',
    });
  const url = callbackUrl(target, '--target');
  if (['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) && url.port === String(port))
    throw new Mistake({
      message: `Port ${port} is where the recorder itself would listen.`,
      place: '--target',
      hint: 'Name the address of the system under test, or another --port.',
    });
  return url;
}

/**
 * A recording cannot be made again, so none is written over.
 *
 * @returns whether the file came to be just now
 */
function wantNewFile(out: string): boolean {
  const existed = existsSync(out);
  if (existed && statSync(out).isFile() && statSync(out).size > 0)
    throw new Mistake({
      message: `${out} is there already.`,
      place: '--out',
      hint: 'Name another file, or take that one away.',
    });
  wantWritable(out, '--out');
  return !existed;
}

function greeting({ url, graphUrl }: Recorder, target: URL, { out, raw }: RecordFlags): string {
  const { pathname } = target;
  return `coex records what goes to ${target.origin}${pathname}. Let webhooks go to the address below; Ctrl-C ends it.

  webhooks  ${url}${pathname}
${graphUrl === undefined ? '' : `  Graph     GRAPH_API_BASE_URL=${graphUrl}\n`}  scenario  ${out}
${raw === undefined ? '' : `  capture   ${raw}\n`}
ready ${url}
`;
}
