/** Runs the whole library against a system, in processes of their own, as a person would. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Report } from '../../judge/verdict.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/dist\/$/, '');

export interface Examination {
  readonly exitCode: number | null;
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

/** @throws with what the run said, where it left no report */
export async function examine({ folder, defect, args = [] }: Subject): Promise<Examination> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'coex-specimen-'));
  const file = path.join(scratch, 'report.json');
  const config = `runner/specimens/${folder}/coex.config.yaml`;
  const command = ['dist/runner/cli/main.js', 'run', '--config', config, '--report', `json=${file}`, ...args];
  const env = { ...process.env, ...(defect !== undefined && { SPECIMEN_DEFECT: defect }) };
  try {
    const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-4_000)));
    const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
    if (exitCode !== 0 && exitCode !== 1 && exitCode !== 3)
      throw new Error(`${config} ${defect ?? ''}: exit code ${exitCode}. ${complaint}`);
    return { exitCode, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Obligations with that verdict, in the order of the report. */
export const withVerdict = ({ obligations }: Report, verdict: string): string[] =>
  obligations.filter((one) => one.verdict === verdict).map(({ id }) => id);
