/** The program: reads a command line, runs its command, explains what went wrong. */
import { Command, CommanderError } from 'commander';
import { addCertificates, addRun } from './commands/judging.ts';
import { addKnowledge, addSetUp } from './commands/preparing.ts';
import { addByHand, addRecord, addServe } from './commands/simulating.ts';
import type { AnyExitCode, ExitCode, Io } from './io.ts';
import { readVersion } from './version.ts';

/**
 * Runs one command line.
 *
 * @param args - without the program's own name
 * @returns the exit code; never throws
 */
export async function main(args: readonly string[], io: Io): Promise<AnyExitCode> {
  let exitCode: AnyExitCode = 0;
  const program = describeProgram(io, (code) => (exitCode = code));
  await addCompletion(program, args);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return await explainError(error, io);
  }
}

function describeProgram(io: Io, end: (code: AnyExitCode) => void): Command {
  const program = new Command('coex')
    .description('A Meta API simulator and contract-testing harness for WhatsApp Coexistence.')
    .exitOverride()
    .configureOutput({ writeOut: io.out.write, writeErr: io.err.write })
    .addHelpText('after', helpAfter)
    .version(readVersion());
  addSetUp(program, io, end);
  addRun(program, io, end);
  addCertificates(program, io, end);
  addServe(program, io, end);
  addByHand(program, io, end);
  addRecord(program, io, end);
  addKnowledge(program, io, end);
  return program;
}

const helpAfter = `
Exit codes: 0 kept · 1 an obligation broken · 2 your mistake · 3 inconclusive · 70 a fault of coex`;

/** The library describes every command to the shell, which takes a moment: only who asks for it waits for it. */
async function addCompletion(program: Command, [command]: readonly string[]): Promise<void> {
  if (command === 'complete') (await import('@bomb.sh/tab/commander')).default(program);
  else
    program
      .command('complete')
      .argument('<shell>', 'bash, zsh, fish or powershell')
      .description('print what completes coex in a shell: source <(npx coex complete bash)');
}

/** A mistake is told with its way out; anything else is a fault of ours, with its stack. */
async function explainError(error: unknown, io: Io): Promise<ExitCode> {
  const { Mistake, renderNotes } = await import('../plan/mistake.ts');
  if (error instanceof Mistake) {
    io.err.write(`${renderNotes(error.notes)}\n`);
    return error.exitCode;
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err.write(
    `This is a fault of coex, not of your system or your files. Please report it with these lines:\n${what}\n`,
  );
  return 70;
}
