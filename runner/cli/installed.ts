/** What this installation knows: library, sets, obligations; what certificates are made of and held against. */
import path from 'node:path';
import { obligations } from '../../contracts/catalogue.ts';
import { obligationSets, obligationSetText } from '../../contracts/obligation-sets.ts';
import type { Installed } from '../certificate/verify.ts';
import { libraryFiles, loadScenarios, readText } from './files.ts';
import type { Io } from './io.ts';
import { readVersion } from './version.ts';

export function readInstalled({ cwd }: Pick<Io, 'cwd'>): Installed {
  const all = obligations();
  return {
    version: readVersion(),
    sets: obligationSets(),
    setText: obligationSetText,
    library: loadScenarios(
      libraryFiles(cwd),
      all.map(({ id }) => id),
    ),
    textOf: ({ file }) => readText(path.resolve(cwd, file), file),
    obligations: all,
  };
}
