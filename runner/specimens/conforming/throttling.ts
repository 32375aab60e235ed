/** Which refusals mean "slower", and how much slower. */

/** Throughput of the number, spam limit of the account, limit of the pair business and customer. */
const throttled = [130429, 131048, 131056];

const mostRetries = 4;

/**
 * @param attempt - from 0
 * @returns how long to wait before the send is tried again; nothing if it should not be
 */
export function retryWaitMs(code: number, attempt: number, firstRetryMs: number): number | undefined {
  if (!throttled.includes(code) || attempt >= mostRetries) return undefined;
  return firstRetryMs * 2 ** attempt;
}

/** Whether a refusal concerns one customer; the others concern everything the number sends. */
export const isPairLimit = (code: number): boolean => code === 131056;

/** Until when nothing is sent, by number or by customer. */
export interface Brakes {
  hold(key: string, forMs: number): void;
  /** Resolves when none of the keys is held any more. */
  released(...keys: readonly string[]): Promise<void>;
}

export function createBrakes(): Brakes {
  const until = new Map<string, number>();
  const leftMs = (keys: readonly string[]): number =>
    Math.max(...keys.map((key) => (until.get(key) ?? 0) - performance.now()));
  return {
    hold(key, forMs) {
      until.set(key, Math.max(until.get(key) ?? 0, performance.now() + forMs));
    },
    async released(...keys) {
      for (let waitMs = leftMs(keys); waitMs > 0; waitMs = leftMs(keys)) {
        await new Promise((resolve) => setTimeout(resolve, Math.ceil(waitMs)));
      }
    },
  };
}
