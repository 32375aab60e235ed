/** Writes what a flag asks for. */
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Mistake, type MistakeNote } from '../plan/mistake.ts';

/** Makes the folder too. @throws Mistake where it cannot be written */
export const writeFileOrMistake = (file: string, content: string | Uint8Array, place: string): void =>
  orMistake(file, place, () => writeFileSync(file, content));

/** Writes at the end of a run, whose verdict counts whatever becomes of the file. @returns what could not be written */
export function writeFileOrComplain(file: string, text: string, place: string): readonly MistakeNote[] {
  try {
    writeFileOrMistake(file, text, place);
    return [];
  } catch (error) {
    if (error instanceof Mistake) return error.notes;
    throw error;
  }
}

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
