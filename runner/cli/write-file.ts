/** Writes what a flag asks for. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Mistake } from '../plan/mistake.ts';

/** Makes the folder too. @throws Mistake where it cannot be written */
export function writeFileOrMistake(file: string, text: string, place: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Mistake({ message: `${file} cannot be written: ${reason}`, place });
  }
}
