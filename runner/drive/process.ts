/** The system under test as a process: started in a group of its own, listened to, ended with everything it started. */
import { spawn } from 'node:child_process';
import { adoptGroup, endGroup } from './process-groups.ts';

export interface ProcessOptions {
  /** For the shell. */
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Hears of all output as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** How a process ended; both are null where it could not even be started. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface SutProcess {
  readonly pid: number | undefined;
  /** Resolves when it has ended, whoever ended it. */
  readonly exited: Promise<Exit>;
  /** Set once it has ended. */
  readonly exit: Exit | undefined;
  /** The last lines of what it wrote, both streams as they came. */
  lastLines(count: number): string;
  /** Ends it and all it started. */
  stop(): Promise<void>;
}

/** Most output kept, characters. */
const keptOutput = 65_536;

export function startProcess(options: ProcessOptions): SutProcess {
  const child = spawn(options.command, {
    shell: true,
    cwd: options.cwd,
    env: { ...options.env },
    // A group of its own, so that all of it can be ended; a shell's children would survive the shell otherwise.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) adoptGroup(child.pid);
  let output = '';
  const keep = (part: Buffer): void => {
    const text = part.toString('utf8');
    output = (output + text).slice(-keptOutput);
    options.onOutput?.(text);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let exit: Exit | undefined;
  const exited = new Promise<Exit>((resolve) => {
    child.once('error', (error) => {
      keep(Buffer.from(`${error.message}\n`));
      resolve((exit = { code: null, signal: null }));
    });
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      // What it wrote last is still in the pipes; a turn of the loop lets it in.
      setImmediate(() => resolve({ code, signal }));
    });
  });
  return {
    pid: child.pid,
    exited,
    get exit() {
      return exit;
    },
    lastLines: (count) => output.trimEnd().split('\n').slice(-count).join('\n'),
    async stop() {
      if (child.pid !== undefined) await endGroup(child.pid);
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}
