/** Hands the end of an Embedded Signup to the system under test, as the page's callback would. */
import { reasonOf } from '../observe/handshake.ts';

/**
 * Posts `{code, event}`, or `{event}` where it was cancelled; resolves when it was answered, refused or not taken at all.
 *
 * Whether the system goes on with the signup shows in its Graph calls; a bad answer only helps to explain why not.
 *
 * @param withinMs - longest wait for the answer
 * @returns what to add to whatever fails afterwards; nothing where it was taken
 */
export async function completeSignup(
  url: string,
  code: string | undefined,
  event: unknown,
  withinMs: number,
): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, event }),
      signal: AbortSignal.timeout(withinMs),
    });
    const text = await response.text();
    return response.ok ? undefined : `the signup was answered ${response.status} ${text.slice(0, longest)}`;
  } catch (error) {
    return `the signup was not taken: ${reasonOf(error)}`;
  }
}

/** Longest answer quoted, characters. */
const longest = 500;
