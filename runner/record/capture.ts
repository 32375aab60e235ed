/** The redacted capture, a line for each exchange as it ends: what `coex lint` reads. */
import { appendFileSync } from 'node:fs';

export type Capture = (record: Readonly<Record<string, unknown>>) => void;

/**
 * @param onError - hears of it once where the file cannot be written any more
 * @returns appends a line; on the disk before the next exchange is taken
 */
export function createCapture(file: string, onError: (reason: string) => void): Capture {
  let isBroken = false;
  return (record) => {
    if (isBroken) return;
    try {
      appendFileSync(file, `${JSON.stringify(record)}\n`);
    } catch (error) {
      isBroken = true;
      onError(error instanceof Error ? error.message : String(error));
    }
  };
}
