/** Hands a completed Embedded Signup to the system under test, as the page's callback would. */

/**
 * Posts `{code, event}`; resolves when it was answered, refused or not taken at all.
 *
 * What the answer says does not matter: whether the system goes on with the signup shows in its Graph calls.
 *
 * @param withinMs - longest wait for the answer
 */
export async function completeSignup(
  url: string,
  code: string,
  event: unknown,
  withinMs: number,
): Promise<void> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, event }),
      signal: AbortSignal.timeout(withinMs),
    });
    await response.body?.cancel();
  } catch {
    // Nobody took it: the expectations that follow say what is missing.
  }
}
