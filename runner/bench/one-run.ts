/** `coex run` from typed to exit, beyond what the system itself takes to start: one check, and two hundred. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '../drive/free-port.ts';
import { isReadyWithin } from '../drive/ready.ts';
import { pair, printLine } from './compare.ts';

const wantedOneMs = 600;
/** Newman, Bruno and Step CI take 2.1 to 4.1 s for as many. */
const wantedManyMs = 1_000;
const checks = 200;
const rounds = 7;

const main = fileURLToPath(new URL('../cli/main.js', import.meta.url));
const system = fileURLToPath(new URL('../specimens/silent/main.js', import.meta.url));

const one =
  'scenario: One\ncustomers: { ana: {} }\nsteps:\n  - customer.sends: { from: ana, text: Oi }\n  - expect.acknowledged: { field: messages }\n';
const check = '  - customer.sends: { from: ana, text: Oi }\n  - expect.acknowledged: { field: messages }\n';
const many = `scenario: Many\ncustomers: { ana: {} }\nsteps:\n${check.repeat(checks)}`;

const config = `sut:
  command: "'${process.execPath}' '${system}'"
  port: auto
  webhook: http://127.0.0.1:{port}/
`;

export async function benchOneRun(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'coex-bench-'));
  for (const [name, text] of [
    ['coex.config.yaml', config],
    ['one.yaml', one],
    ['many.yaml', many],
  ] as const)
    writeFileSync(path.join(folder, name), text);
  try {
    await measure('coex run, one check', 'one.yaml', folder, wantedOneMs);
    await measure(`coex run, ${checks} checks`, 'many.yaml', folder, wantedManyMs);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(name: string, scenario: string, folder: string, wantedMs: number): Promise<void> {
  const { ours, theirs } = await pair(rounds, () => fromTypedToExitMs(scenario, folder), startOfSystemMs);
  const ms = ours - theirs;
  const figures = `${ms.toFixed(0)} ms beyond the system's ${theirs.toFixed(0)} ms`;
  printLine(name, figures, `< ${wantedMs} ms`, ms < wantedMs);
}

function fromTypedToExitMs(scenario: string, cwd: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    const child = spawn(process.execPath, [main, 'run', scenario], {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('exit', (code) =>
      code === 0
        ? resolve(performance.now() - startMs)
        : reject(new Error(`The run ended with ${code ?? 'a signal'}.`)),
    );
  });
}

async function startOfSystemMs(): Promise<number> {
  const port = await findFreePort();
  const startMs = performance.now();
  const child = spawn(process.execPath, [system], {
    env: { ...process.env, PORT: String(port) },
    stdio: 'ignore',
  });
  await isReadyWithin({ host: '127.0.0.1', port }, 10_000, new AbortController().signal);
  const ms = performance.now() - startMs;
  child.kill('SIGKILL');
  return ms;
}
