/** `coex` in a folder of its own, as a person would call it, and the small system that tests play with. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from './program.ts';

export const fixture = path.join(import.meta.dirname, '..', 'drive', 'fixtures', 'sut.mjs');

/** Whoever runs the tests may wish for colours; what the tests read has none. */
const plain = { ...process.env, FORCE_COLOR: undefined };

/** A folder with the given files; `coex` runs in it. */
export function folderWith(files: Readonly<Record<string, string>>) {
  const cwd = mkdtempSync(path.join(tmpdir(), 'coex-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true });
    writeFileSync(path.join(cwd, name), text);
  }
  let heard = '';
  const coex = async (
    args: readonly string[],
    stopped: Promise<void> = new Promise(() => undefined),
    env: Readonly<Record<string, string | undefined>> = plain,
  ) => {
    let out = '';
    let err = '';
    const hear = (text: string): string => (heard += text) && text;
    const exitCode = await main(args, {
      out: { write: (text) => (out += hear(text)), isTerminal: false, columns: 80 },
      err: { write: (text) => (err += hear(text)), isTerminal: false, columns: 80 },
      cwd,
      env,
      nowMs: Date.now,
      stopped,
    });
    return { exitCode, out, err };
  };
  const read = (name: string) => readFileSync(path.join(cwd, name), 'utf8');
  return {
    cwd,
    coex,
    read,
    write: (name: string, text: string) => writeFileSync(path.join(cwd, name), text),
    /** All that was written so far, by any run of the folder. */
    output: () => heard,
    pids: () =>
      read('pids')
        .trim()
        .split('\n')
        .filter((line) => /^\d+$/.test(line))
        .map(Number),
  };
}

export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

export const config = (conduct: string, more = '') => `sut:
  numbers: ${conduct === 'floods' ? 'one' : 'many'}
  command: "'${process.execPath}' '${fixture}'"
  port: auto
  env: { CONDUCT: ${conduct}, PID_FILE: pids }
  webhook: http://127.0.0.1:{port}/webhook
  ready: http://127.0.0.1:{port}/health
${more}`;

export const handshake = `scenario: The handshake is answered
steps:
  - expect.handshake: { token: right }
`;
