/** Looks through the sources of the system under test for Meta's host. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const sources =
  /\.(?:[cm]?[jt]sx?|py|php|rb|go|java|kt|scala|rs|cs|exs?|ya?ml|json|toml|ini|env)$|\/\.env[^/]*$/;
/** Folders of other people's code, and of none. */
const passedBy = new Set([
  'node_modules',
  'vendor',
  '.git',
  '.venv',
  'venv',
  '__pycache__',
  'dist',
  'build',
  'target',
  'coex',
]);

/** Enough to see where the host is written; a whole disk is not to be read. */
const mostFiles = 3_000;
const largestFile = 512 * 1024;
const mostPlaces = 5;

const host = /(?:https:\/\/)?graph\.facebook\.com/;

/** @returns `file:line` of each, relative to the folder; at most 5 */
export function findHardCodedHost(folder: string): readonly string[] {
  const places: string[] = [];
  let files = 0;
  const look = (within: string): void => {
    for (const entry of readdirSync(within, { withFileTypes: true })) {
      if (places.length >= mostPlaces || files >= mostFiles) return;
      const name = path.join(within, entry.name);
      if (entry.isDirectory()) {
        if (!passedBy.has(entry.name)) look(name);
      } else if (entry.isFile() && sources.test(name) && statSync(name).size <= largestFile) {
        files += 1;
        const line = readFileSync(name, 'utf8')
          .split('\n')
          .findIndex((text) => host.test(text));
        if (line !== -1) places.push(`${path.relative(folder, name)}:${line + 1}`);
      }
    }
  };
  look(folder);
  return places;
}
