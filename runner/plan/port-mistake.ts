/** Ports that cannot be had. */
import { Mistake } from './mistake.ts';

/** What the user can do about a port that cannot be had; nothing where the error is another. */
export function portMistake(
  error: unknown,
  port: number,
  place: string,
  anyFree: '0' | 'auto' = '0',
): Mistake | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use by another process.`,
    EACCES: `Port ${port} may not be used by this account.`,
    EADDRNOTAVAIL: 'This machine has no such address.',
    ENOTFOUND: 'This machine has no such address.',
  };
  const message = typeof code === 'string' ? reasons[code] : undefined;
  return message === undefined
    ? undefined
    : new Mistake({ message, place, hint: `Choose another one, or ${anyFree} for any that is free.` });
}
