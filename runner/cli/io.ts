/** What a command has of the process it runs in, and how it colours what it says there. */
import { createColors } from 'picocolors';

/** What the commands reach of the process they run in; a test hands in its own. */
export interface Io {
  readonly out: Output;
  readonly err: Output;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Wall clock, milliseconds since the Unix epoch. */
  readonly nowMs: () => number;
  /** Resolves when the person asks to stop; `serve` waits for it. */
  readonly stopped: Promise<void>;
}

export interface Output {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly columns: number;
}

/**
 * Colours on a terminal alone, whose owner may say otherwise.
 *
 * Source: https://no-color.org, https://force-color.org
 */
export const colorsFor = (output: Output, env: Io['env']): ReturnType<typeof createColors> =>
  createColors(!isSet(env['NO_COLOR']) && (output.isTerminal || isSet(env['FORCE_COLOR'])));

const isSet = (variable: string | undefined): boolean => variable !== undefined && variable !== '';

/** 0 kept, 1 an obligation broken, 2 user's mistake, 3 inconclusive, 70 ours; 130 stopped by the person. */
export type ExitCode = 0 | 1 | 2 | 3 | 70 | 130;

/** What a command that runs another program ends with: that program's own code. */
export type AnyExitCode = number;
