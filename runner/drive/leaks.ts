/** Watches what the system under test writes for what nobody may read: tokens, and the app's secret. */

export interface LeakWatch {
  readonly hear: (output: string) => void;
  /** What was written, for people and without the secret itself; nothing so far: nothing. */
  readonly found: () => string | undefined;
}

/** Tokens of the Graph begin so, whoever got them; shorter ones are words. */
const graphToken = /\bEAA[A-Za-z0-9]{24,}/;

/** As much as a secret can be cut by the end of a chunk. */
const longestSecret = 512;

/** @param secrets - by what they are called */
export function createLeakWatch(secrets: Readonly<Record<string, string>>): LeakWatch {
  let tail = '';
  let found: string | undefined;
  return {
    hear(output) {
      if (found !== undefined) return;
      const text = tail + output;
      tail = text.slice(-longestSecret);
      const [name] = Object.entries(secrets).find(([, secret]) => text.includes(secret)) ?? [];
      found = name ?? (graphToken.test(text) ? 'an access token' : undefined);
    },
    found: () => found,
  };
}
