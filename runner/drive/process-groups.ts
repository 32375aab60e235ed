/** Process groups we started: none of them outlives us, whichever way we end short of SIGKILL. */

import { readdirSync, readFileSync } from 'node:fs';

const groups = new Set<number>();
let watching = false;

/** How long a group may take to end by itself after SIGTERM, and to disappear after SIGKILL. */
const politeMs = 2_000;
const goneMs = 500;
const everyMs = 20;

/** Remembers a group by the pid of its leader. */
export function adoptGroup(pid: number): void {
  groups.add(pid);
  if (watching) return;
  watching = true;
  // Runs on every way out but SIGKILL, a crash included; only synchronous work is done here.
  process.on('exit', () => {
    for (const group of groups) signalGroup(group, 'SIGKILL');
  });
}

/** Ends a group: SIGTERM, then SIGKILL after 2 s. Resolves when nothing of it is left, or no more can be done. */
export async function endGroup(pid: number): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  if (!(await isGoneWithin(pid, politeMs))) {
    signalGroup(pid, 'SIGKILL');
    await isGoneWithin(pid, goneMs);
  }
  groups.delete(pid);
}

async function isGoneWithin(pid: number, withinMs: number): Promise<boolean> {
  const endMs = performance.now() + withinMs;
  while (isAlive(pid)) {
    if (performance.now() >= endMs) return false;
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  return true;
}

/** Whether anybody of a group still runs. */
function isAlive(pid: number): boolean {
  if (!signalGroup(pid, 0)) return false;
  return process.platform === 'linux' ? hasLivingMember(pid) : true;
}

/** Where nobody reaps orphans, as in most containers, a group stays full of zombies for ever. */
function hasLivingMember(group: number): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((name) => {
      // The name of a program may hold anything, brackets too; state, parent and group come after the last one.
      const [state, , ownGroup] = readStat(name).split(') ').at(-1)?.split(' ') ?? [];
      return Number(ownGroup) === group && state !== 'Z' && state !== 'X';
    });
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It ended between the listing and the look.
    return '';
  }
}

/** @returns whether there was anybody to signal */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
