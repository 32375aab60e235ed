/** Runs the whole library against systems through the command line, as a person would; several side by side. */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../judge/verdict.ts';
import type { Done, Order } from './examiner/main.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/dist\/$/, '');
const program = path.join(root, 'dist/runner/specimens/matrix/examiner/main.js');

export interface Examination {
  readonly exitCode: number;
  readonly report: Report;
}

export interface Subject {
  /** Folder below `runner/specimens` that holds a `coex.config.yaml`. */
  readonly folder: string;
  /** Obligation whose defect the conforming inbox has; missing: none. */
  readonly defect?: string;
  /** Further arguments of `coex run`. */
  readonly args?: readonly string[];
}

/** What a person would type. */
export const runArguments = ({ folder, args = [] }: Subject, file: string): readonly string[] => [
  'run',
  '--config',
  `runner/specimens/${folder}/coex.config.yaml`,
  '--report',
  `json=${file}`,
  ...args,
];

/** Examines one subject in a process of its own. @throws with what the run said, where it left no report */
export async function examine(subject: Subject): Promise<Examination> {
  const [first] = await examineAll([subject], { processes: 1, atOnce: 1 });
  if (!first) throw new Error('Nothing was examined.');
  return first;
}

export interface Crew {
  readonly processes: number;
  /** Most runs side by side in each; a run spends most of its time in quiet waits. */
  readonly atOnce: number;
}

/**
 * Examines subjects, in any order; the results have theirs.
 *
 * @param onDone - hears of each as it is done, with its place in the list
 * @throws with what a run said, where it left no report
 */
export async function examineAll(
  subjects: readonly Subject[],
  { processes, atOnce }: Crew,
  onDone: (examination: Examination, index: number) => void = () => undefined,
): Promise<readonly Examination[]> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'coex-specimen-'));
  const examiners = Array.from({ length: processes }, () => startExaminer());
  const results: Examination[] = [];
  let next = 0;
  const work = async (examiner: Examiner): Promise<void> => {
    for (let index = next++; index < subjects.length; index = next++) {
      const subject = subjects[index];
      if (!subject) return;
      const file = path.join(scratch, `${index}.json`);
      const { exitCode, complaint } = await examiner.run({ number: index, subject, file });
      if (exitCode !== 0 && exitCode !== 1 && exitCode !== 3)
        throw new Error(`${subject.folder} ${subject.defect ?? ''}: exit code ${exitCode}. ${complaint}`);
      const examination = { exitCode, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
      results[index] = examination;
      onDone(examination, index);
    }
  };
  try {
    await Promise.all(examiners.flatMap((one) => Array.from({ length: atOnce }, () => work(one))));
    return results;
  } finally {
    for (const examiner of examiners) examiner.stop();
    rmSync(scratch, { recursive: true });
  }
}

interface Examiner {
  run(order: Order): Promise<Done>;
  stop(): void;
}

function startExaminer(): Examiner {
  const child: ChildProcess = fork(program, [], { cwd: root, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const waiting = new Map<number, { resolve: (done: Done) => void; reject: (error: Error) => void }>();
  child.on('message', (done: Done) => waiting.get(done.number)?.resolve(done));
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`An examiner ended with exit code ${code}.`));
  });
  return {
    run: (order) =>
      new Promise<Done>((resolve, reject) => {
        waiting.set(order.number, { resolve, reject });
        child.send(order);
      }).finally(() => waiting.delete(order.number)),
    stop: () => child.kill(),
  };
}

/** Obligations with that verdict, in the order of the report. */
export const withVerdict = ({ obligations }: Report, verdict: string): string[] =>
  obligations.filter((one) => one.verdict === verdict).map(({ id }) => id);
