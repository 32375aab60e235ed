/** Where webhooks go, as it is given on the command line. */
import { Mistake } from '../plan/mistake.ts';

/** @throws Mistake where it is no address of HTTP */
export function callbackUrl(text: string, place = '--callback'): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new Mistake({
    message: `“${text}” is no URL.`,
    place,
    hint: 'Write it like http://127.0.0.1:3000/webhook.',
  });
}
