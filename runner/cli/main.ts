#!/usr/bin/env node
/** The command `coex`: reads the arguments, runs the command, ends with its exit code. */
import { isatty } from 'node:tty';
import { main } from './program.ts';

const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      resolve();
      // Asked a second time, or if ending takes too long, we go at once; what we started goes with us.
      process.once(signal, () => process.exit(130));
    });
});

const output = (stream: NodeJS.WriteStream & { readonly fd: number }) => ({
  write: (text: string) => {
    stream.write(text);
  },
  isTerminal: isatty(stream.fd) && process.env['CI'] === undefined,
  columns: stream.columns,
});

// A reader that has seen enough (`coex list | head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await main(process.argv.slice(2), {
  out: output(process.stdout),
  err: output(process.stderr),
  cwd: process.cwd(),
  env: process.env,
  nowMs: Date.now,
  stopped,
});
