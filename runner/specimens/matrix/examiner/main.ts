/**
 * A process that runs the command line many times over, for who sends it subjects.
 *
 * What a run needs (scenarios, contracts, warm code) is there from the second one on, which halves what it costs.
 */
import { main } from '../../../cli/program.ts';
import { runArguments, type Subject } from '../examine.ts';

/** A subject to be examined; the report goes to the file. */
export interface Order {
  readonly number: number;
  readonly subject: Subject;
  readonly file: string;
}

export interface Done {
  readonly number: number;
  readonly exitCode: number;
  readonly complaint: string;
}

const never = new Promise<void>(() => undefined);

process.on('message', (order: Order) => void carryOut(order));

async function carryOut({ number, subject, file }: Order): Promise<void> {
  let complaint = '';
  const exitCode = await main(runArguments(subject, file), {
    out: { write: () => undefined, isTerminal: false, columns: 80 },
    err: { write: (text) => (complaint += text), isTerminal: false, columns: 80 },
    cwd: process.cwd(),
    env: { ...process.env, ...(subject.defect !== undefined && { SPECIMEN_DEFECT: subject.defect }) },
    nowMs: Date.now,
    stopped: never,
  });
  const done: Done = { number, exitCode, complaint: complaint.slice(-4_000) };
  process.send?.(done);
}
