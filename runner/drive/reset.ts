/** Lets a system with one number forget the scenario before: by its reset, else by starting it afresh. */
import { runCommand } from '../observe/command.ts';
import { reasonOf } from '../observe/handshake.ts';
import type { Config } from '../plan/config.ts';
import { Mistake } from '../plan/mistake.ts';
import { fill, type Values } from '../plan/placeholders.ts';
import type { Sut } from './sut.ts';

/** @throws Mistake where the reset fails, and not since the system is dead */
export async function forget(
  config: Config & { readonly folder: string },
  sut: Sut,
  values: Values,
): Promise<void> {
  const { reset } = config.sut;
  const withinMs = config.limits.webhookMs;
  if (reset === undefined) {
    if (sut.isOurs) await sut.restart();
    return;
  }
  const complaint =
    typeof reset === 'string'
      ? await post(fill(reset, values), withinMs)
      : await run(fill(reset.command, values), config.folder, withinMs);
  if (complaint !== undefined && !sut.death.aborted)
    throw new Mistake({
      message: `The reset of the system under test failed: ${complaint}.`,
      place: config.place('sut', 'reset'),
    });
}

async function post(url: string, withinMs: number): Promise<string | undefined> {
  try {
    const response = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(withinMs) });
    await response.body?.cancel();
    return response.ok ? undefined : `it answered ${response.status}`;
  } catch (error) {
    return reasonOf(error);
  }
}

async function run(command: string, folder: string, withinMs: number): Promise<string | undefined> {
  const signal = AbortSignal.timeout(withinMs);
  const result = await runCommand({ command, folder, signal, tooSlow: 'it took too long' });
  return result.kind === 'failed' ? result.reason : undefined;
}
