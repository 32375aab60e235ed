/** `coex resend`: a webhook of a running `coex serve` once more, the same bytes; or a Graph call again. */
import { reasonOf } from '../observe/handshake.ts';
import { Mistake } from '../plan/mistake.ts';
import { callbackUrl } from './callback-url.ts';
import type { ExitCode, Io } from './io.ts';

export interface ResendFlags {
  /** Base address of the simulator. */
  readonly at: string;
  readonly world: string;
  readonly operatorToken?: string;
}

/** @param number - of the exchange, as console and journal show it */
export async function resend(number: number, flags: ResendFlags, io: Io): Promise<ExitCode> {
  const base = callbackUrl(flags.at, '--at');
  const address = new URL(`/_coex/worlds/${encodeURIComponent(flags.world)}/journal`, base);
  const headers = flags.operatorToken === undefined ? {} : { authorization: `Bearer ${flags.operatorToken}` };
  const ask = async (path: string, method = 'GET'): Promise<unknown> => {
    const response = await fetch(`${address.href}${path}`, { method, headers }).catch((error: unknown) => {
      throw new Mistake(
        {
          message: `There is no simulator at ${base.origin}: ${reasonOf(error)}.`,
          place: '--at',
          hint: 'Start one with coex serve.',
        },
        3,
      );
    });
    const body = (await response.json().catch(() => ({}))) as { readonly error?: string };
    if (response.ok) return body;
    throw new Mistake({
      message: body.error ?? `The simulator answered ${response.status}.`,
      place: `exchange ${number}`,
    });
  };
  const before = (await ask(`/${number}/resend`, 'POST')) as { readonly newest: number };
  const { exchange } = (await ask(`/${before.newest}`)) as { readonly exchange?: Sent };
  io.out.write(`Sent again as exchange ${before.newest}${exchange ? `: ${outcomeOf(exchange)}` : ''}.\n`);
  return 0;
}

interface Sent {
  readonly status?: number;
  readonly result?: { readonly kind: string; readonly status?: number };
}

const outcomeOf = ({ status, result }: Sent): string =>
  String(status ?? result?.status ?? result?.kind.replace('-', ' ') ?? 'no answer');
