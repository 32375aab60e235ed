/** Commands of the user's config: run by a shell, bounded in time and output, ended with everything they started. */
import { spawn } from 'node:child_process';

/** Most that a command or a page may answer; a conversation has a few kilobytes. */
export const mostBytes = 393_216;

export type CommandResult =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'failed'; readonly reason: string };

const failed = (reason: string): CommandResult => ({ kind: 'failed', reason });

export interface CommandOptions {
  readonly command: string;
  readonly folder: string;
  /** Beside our own environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** What is said where `signal` aborts. */
  readonly tooSlow: string;
}

/** What it wrote to its standard output, or why that is not to be had. */
export function runCommand({
  command,
  folder,
  env,
  signal,
  tooSlow,
}: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      cwd: folder,
      env: { ...process.env, ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    let bytes = 0;
    let complaint = '';
    const end = (result: CommandResult): void => {
      signal.removeEventListener('abort', tooLate);
      if (child.pid !== undefined) killGroup(child.pid);
      resolve(result);
    };
    const tooLate = (): void => end(failed(`the command: ${tooSlow}`));
    signal.addEventListener('abort', tooLate, { once: true });
    child.stdout.on('data', (part: Buffer) => {
      out.push(part);
      bytes += part.length;
      if (bytes > mostBytes) end(failed(tooMuch));
    });
    child.stderr.on('data', (part: Buffer) => (complaint = (complaint + part.toString()).slice(-500)));
    child.on('error', (error) => end(failed(`the command: ${error.message}`)));
    child.on('close', (code) => {
      const text = Buffer.concat(out).toString('utf8');
      end(
        code === 0
          ? { kind: 'text', text }
          : failed(`the command ended with ${code ?? 'a signal'}: ${complaint}`),
      );
    });
    if (signal.aborted) tooLate();
  });
}

export const tooMuch = `it answered more than ${mostBytes / 1_024} kB`;

/** A command may have started others; its whole group ends with it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already, which is what was wanted.
  }
}
