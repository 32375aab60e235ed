/** `coex exec -- command`: a simulator for as long as a command takes; for people who have tests of their own. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { obligationIds } from '../../contracts/catalogue.ts';
import { control } from '../../simulator/control/index.ts';
import { createSimulator, type Simulator } from '../../simulator/index.ts';
import { adoptGroup, endGroup } from '../drive/process-groups.ts';
import { Mistake } from '../plan/mistake.ts';
import { portMistake } from '../plan/port-mistake.ts';
import { callbackUrl } from './callback-url.ts';
import type { AnyExitCode, Io } from './io.ts';
import { environmentOf, openNumber } from './open-number.ts';

export interface ExecFlags {
  readonly port: number;
  readonly seed: string;
  readonly callback?: string;
}

/** @returns the command's own exit code; 128 and the signal's number where a signal ended it */
export async function exec(command: readonly string[], flags: ExecFlags, io: Io): Promise<AnyExitCode> {
  const [program, ...args] = command;
  if (program === undefined) throw new Mistake({ message: 'Which command?', hint: 'coex exec -- npm test' });
  const simulator = await open(flags);
  try {
    const { phoneNumberId, wabaId, customers, displayPhoneNumber } = openNumber(simulator.defaultWorld);
    return await runToEnd(
      program,
      args,
      {
        ...io.env,
        ...environmentOf(simulator, { phoneNumberId, wabaId }),
        COEX_DISPLAY_PHONE_NUMBER: displayPhoneNumber,
        COEX_CUSTOMER: customers['ana']?.waId,
        COEX_CONTROL_URL: `${simulator.url}/_coex/worlds/default`,
      },
      io,
    );
  } finally {
    await simulator.close();
  }
}

async function open({ port, seed, callback }: ExecFlags): Promise<Simulator> {
  const url = callback === undefined ? undefined : callbackUrl(callback);
  try {
    return await createSimulator({
      port,
      seed,
      pace: 'live',
      chats: true,
      attach: control({ obligations: () => obligationIds() }),
      ...(url && { app: { callbackUrl: url.href }, allowHosts: [url.hostname] }),
    });
  } catch (error) {
    throw portMistake(error, port, '--port') ?? error;
  }
}

/** Nothing that the command started outlives it. */
async function runToEnd(
  program: string,
  args: readonly string[],
  env: Io['env'],
  io: Io,
): Promise<AnyExitCode> {
  // On a terminal it stays in the foreground, to be typed to, and Ctrl-C reaches it by itself.
  const isForeground = io.out.isTerminal;
  const child = spawn(program, args, {
    cwd: io.cwd,
    env: { ...env },
    stdio: 'inherit',
    detached: !isForeground,
  });
  if (child.pid !== undefined && !isForeground) adoptGroup(child.pid);
  void io.stopped.then(() => child.kill('SIGTERM'));
  try {
    return await new Promise<AnyExitCode>((resolve, reject) => {
      child.once('error', (error) => reject(notStarted(program, error)));
      child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
    });
  } finally {
    if (child.pid !== undefined && !isForeground) await endGroup(child.pid);
  }
}

function notStarted(program: string, error: Error): Mistake {
  const isMissing = 'code' in error && error.code === 'ENOENT';
  return new Mistake({
    message: isMissing
      ? `There is no program “${program}”.`
      : `“${program}” cannot be started: ${error.message}`,
    place: 'coex exec',
    hint: 'What stands behind -- is run as it is, without a shell: coex exec -- npm test',
  });
}
