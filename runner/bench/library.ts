/** The whole library against the conforming system, from typed to exit. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { printLine } from './compare.ts';
import { packageRoot } from '../../contracts/catalogue.ts';

const wantedSeconds = 15;

export async function benchLibrary(): Promise<void> {
  const main = fileURLToPath(new URL('../cli/main.js', import.meta.url));
  const startMs = performance.now();
  const child = spawn(
    process.execPath,
    [main, 'run', '--config', 'runner/specimens/conforming/coex.config.yaml'],
    {
      cwd: packageRoot(),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  const seconds = (performance.now() - startMs) / 1000;
  const summary = output.trim().split('\n').at(-1) ?? '';
  const figures = `${seconds.toFixed(1)} s, exit ${String(code)}`;
  printLine(
    'the library against the conforming system',
    figures,
    `< ${wantedSeconds} s`,
    seconds < wantedSeconds && code === 0,
  );
  console.log(`  ${summary}`);
}
