/** Runs the whole library against a system, in processes of their own, as a person would. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What this room reads of a JSON report. */
export interface Report {
  readonly scenarios: readonly object[];
  readonly obligations: readonly { readonly id: string; readonly verdict: string }[];
}

export interface Examination {
  readonly exitCode: number | null;
  readonly report: Report;
}

/**
 * @param specimen - folder below `runner/specimens` that holds a `coex.config.yaml`
 * @throws with what the run said, where it left no report
 */
export async function examine(specimen: string): Promise<Examination> {
  const folder = mkdtempSync(path.join(tmpdir(), 'coex-specimen-'));
  const file = path.join(folder, 'report.json');
  const config = `runner/specimens/${specimen}/coex.config.yaml`;
  const args = ['dist/runner/cli/main.js', 'run', '--config', config, '--report', `json=${file}`];
  try {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-4_000)));
    const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
    if (exitCode !== 0 && exitCode !== 1) throw new Error(`${config}: exit code ${exitCode}. ${complaint}`);
    return { exitCode, report: JSON.parse(readFileSync(file, 'utf8')) as Report };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
