/** `coex lint FILE…`: what was captured of the real WhatsApp is held to the contracts. */
import path from 'node:path';
import { wireWords } from '../../contracts/words.ts';
import { readCaptures } from '../lint/captures.ts';
import { checkCapture, type Checked } from '../lint/check.ts';
import { redact } from '../lint/redact.ts';
import { Mistake } from '../plan/mistake.ts';
import { readText } from './files.ts';
import type { ExitCode, Io } from './io.ts';

export interface LintFlags {
  /** Print an example for a bug report of each body that differs, with everything private masked. */
  readonly learn?: boolean;
}

/**
 * @returns 0 where everything is as the contracts say, 1 where something differs
 * @throws Mistake where a file cannot be read or holds nothing of WhatsApp
 */
export function lint(files: readonly string[], { learn = false }: LintFlags, io: Io): ExitCode {
  if (files.length === 0)
    throw new Mistake({ message: 'Which file is to be checked?', hint: 'coex lint capture.jsonl' });
  let passedOver = 0;
  const checked: Checked[] = [];
  for (const file of files) {
    const captures = readCaptures(readText(path.resolve(io.cwd, file), file), file);
    passedOver += captures.passedOver;
    checked.push(...captures.found.flatMap(checkCapture));
  }
  const differing = checked.filter(({ differences }) => differences.length > 0);
  for (const one of differing) io.out.write(learn ? exampleOf(one) : linesOf(one));
  io.err.write(`${summary(checked, differing.length, passedOver)}\n`);
  if (differing.length > 0 && !learn) io.err.write(`${wayOut}\n`);
  return differing.length > 0 ? 1 : 0;
}

const linesOf = ({ place, what, differences }: Checked): string =>
  [
    `${place}: ${what}`,
    ...differences.map(({ kind, pointer, message }) => `  ${kind.padEnd(8)}${pointer || '/'} ${message}`),
    '',
  ].join('\n');

/** One JSON value for each, so that the output is JSON Lines. */
const exampleOf = ({ what, differences, data }: Checked): string =>
  `${JSON.stringify({ what, differences, example: redact(data, wireWords(), differences) })}\n`;

function summary(checked: readonly Checked[], differing: number, passedOver: number): string {
  const bodies = checked.length === 1 ? '1 body' : `${checked.length} bodies`;
  const rest =
    passedOver === 0 ? '' : `; ${passedOver} other ${passedOver === 1 ? 'entry' : 'entries'} passed over`;
  const found = differing === 0 ? 'all as the contracts say' : `${differing} unlike the contracts`;
  return `${bodies} checked, ${found}${rest}.`;
}

const wayOut =
  'Either what was captured is wrong, or coex is: --learn prints each example with everything private masked, ready for\n' +
  'a bug report.';
