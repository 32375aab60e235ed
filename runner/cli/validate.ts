/** `coex validate [files]`: reads scenarios and plays none. */
import { obligationIds } from '../../contracts/catalogue.ts';
import { findScenarioFiles, libraryFiles, loadScenarios } from './files.ts';
import type { ExitCode, Io } from './io.ts';

/** @throws Mistake with everything that is wrong in any of them */
export function validate(files: readonly string[], io: Io): ExitCode {
  const found = files.length > 0 ? findScenarioFiles(files, io.cwd, io.cwd) : libraryFiles(io.cwd);
  const { length } = loadScenarios(found, obligationIds());
  io.out.write(length === 1 ? '1 scenario is well-formed.\n' : `${length} scenarios are well-formed.\n`);
  return 0;
}
