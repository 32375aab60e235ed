import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findScenarioFiles } from './files.ts';

/** An empty scenario in each place below a fresh folder. */
function folderOf(...names: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'coex-'));
  for (const name of names) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), '');
  }
  return folder;
}

const names = (folder: string) =>
  findScenarioFiles(['**/*.yaml'], folder, folder).map(({ shown }) => shown.split(path.sep).join('/'));

test('a pattern does not look into node_modules', () => {
  const folder = folderOf('b/a.yaml', 'a.yaml', 'node_modules/other/c.yaml', 'b/node_modules/d.yaml');
  expect(names(folder)).toEqual(['a.yaml', 'b/a.yaml']);
});

test('a library that is itself installed below node_modules is found', () => {
  const folder = folderOf('node_modules/coex/scenarios/echoes/a.yaml');
  expect(names(path.join(folder, 'node_modules/coex/scenarios'))).toEqual(['echoes/a.yaml']);
});
