/** Writes what a flag asks for. */
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Mistake } from '../plan/mistake.ts';

/** Makes the folder too. @throws Mistake where it cannot be written */
export const writeFileOrMistake = (file: string, text: string, place: string): void =>
  orMistake(file, place, () => writeFileSync(file, text));

/** Tells before a long run that its outcome could not be kept. @throws Mistake as above */
export const wantWritable = (file: string, place: string): void =>
  orMistake(file, place, () => closeSync(openSync(file, 'a')));

function orMistake(file: string, place: string, write: () => void): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Mistake({ message: `${file} cannot be written: ${reason}`, place });
  }
}
