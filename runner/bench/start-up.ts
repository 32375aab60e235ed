/** From process start to ready: `coex serve` against an empty Express server. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pair, printLine } from './compare.ts';

const wanted = 2.5;

/** Milliseconds from starting the process to its first line with “ready”. */
function readyAfterMs(file: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    let durationMs: number | undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (durationMs !== undefined || !output.includes('ready')) return;
      durationMs = performance.now() - startMs;
      child.kill('SIGKILL');
    });
    child.once('exit', () => {
      if (durationMs === undefined) reject(new Error(`${file} ended before it was ready.`));
      else resolve(durationMs);
    });
  });
}

const fileOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export async function benchStartUp(): Promise<void> {
  const { ours, theirs, ratio } = await pair(
    9,
    () => readyAfterMs(fileOf('../cli/main.js'), ['serve', '--port', '0']),
    () => readyAfterMs(fileOf('./children/express-server.js'), []),
  );
  const figures = `${ratio.toFixed(2)} × an empty Express (${ours.toFixed(0)} ms, ${theirs.toFixed(0)} ms)`;
  printLine('coex serve ready', figures, `< ${wanted} ×`, ratio < wanted);
}
