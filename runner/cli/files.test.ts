import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Mistake } from '../plan/mistake.ts';
import { findScenarioFiles, loadScenarios } from './files.ts';

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

describe('a scenario with a matrix', () => {
  const text = `scenario: It varies
matrix: { one: {}, other: { behaviour: { userIds: false } } }
steps: [app.opens]
`;
  const load = (...patterns: readonly string[]) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'coex-'));
    writeFileSync(path.join(folder, 'a.yaml'), text);
    writeFileSync(path.join(folder, 'b.yaml'), 'scenario: It does not\nsteps: [app.opens]\n');
    return loadScenarios(findScenarioFiles(patterns, folder, folder), []).map(({ id }) => id);
  };

  test('is one for each variant', () => {
    expect(load('*.yaml')).toEqual(['a#one', 'a#other', 'b']);
  });

  test('can be asked for a single one', () => {
    expect(load('a.yaml#other')).toEqual(['a#other']);
    expect(load('a.yaml#other', 'a.yaml#other', 'a.yaml#one')).toEqual(['a#other', 'a#one']);
    expect(load('a.yaml#other', 'a.yaml')).toEqual(['a#other', 'a#one']);
  });

  test.each([
    ['a.yaml#othr', /no variant “othr”[^]*Did you mean “other”/],
    ['b.yaml#one', /no variant “one”[^]*has no matrix/],
  ])('%s is a mistake', (pattern, message) => {
    const told = (): string => {
      try {
        return String(load(pattern));
      } catch (error) {
        return error instanceof Mistake ? JSON.stringify(error.notes) : String(error);
      }
    };
    expect(told()).toMatch(message);
  });
});
