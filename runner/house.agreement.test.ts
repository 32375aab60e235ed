/**
 * The house stands as the READMEs say: arrows run only down, and the pure rooms reach for nothing impure.
 *
 * Clock and chance in pure rooms are the linter's to find; what a room may import is found here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../contracts/catalogue.ts';

const root = packageRoot();

/** A room and what it may import beside itself; the longest prefix that fits a file is its room. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  contracts: [],
  'scenarios/language': [],
  scenarios: ['scenarios/language', 'contracts', 'runner/specimens'],
  'simulator/core': [],
  'simulator/features': ['simulator/core'],
  'simulator/webhooks': ['simulator/core', 'contracts'],
  'simulator/graph': ['simulator/core', 'contracts'],
  'simulator/replay': [
    'simulator/core',
    'simulator/features',
    'simulator/webhooks',
    'simulator/graph',
    'scenarios/language',
  ],
  simulator: [
    'simulator/core',
    'simulator/features',
    'simulator/webhooks',
    'simulator/graph',
    'simulator/replay',
    'scenarios/language',
    'contracts',
  ],
  'simulator/signup': ['simulator', 'simulator/core', 'simulator/features', 'simulator/console'],
  'simulator/console': ['contracts'],
  // Of the simulator the pages know types, and the fold of chats that they go on with.
  'simulator/console/app': ['simulator', 'simulator/control', 'simulator/signup'],
  'simulator/control': [
    'simulator',
    'simulator/core',
    'simulator/replay',
    'simulator/signup',
    'simulator/console',
    'scenarios/language',
    'contracts',
  ],
  'runner/plan': ['scenarios/language', 'contracts'],
  'runner/lint': ['runner/plan', 'contracts', 'simulator'],
  'runner/record': ['scenarios/language', 'contracts', 'simulator'],
  'runner/judge': ['runner/plan', 'scenarios/language', 'contracts', 'simulator'],
  'runner/report': ['runner/plan', 'runner/judge', 'scenarios/language', 'contracts', 'simulator'],
  // Of the runner the page knows types and words.
  'runner/report/page': ['runner/report', 'runner/judge'],
  'runner/observe': ['runner/plan', 'runner/judge', 'scenarios/language', 'contracts', 'simulator'],
  'runner/certificate': [
    'runner/plan',
    'runner/judge',
    'runner/observe',
    'scenarios/language',
    'contracts',
    'simulator',
  ],
  'runner/browser': ['runner/plan'],
  'runner/reach': ['runner/plan'],
  'runner/drive': [
    'runner/browser',
    'runner/reach',
    'simulator/control',
    'runner/plan',
    'runner/judge',
    'runner/report',
    'runner/observe',
    'scenarios/language',
    'contracts',
    'simulator',
  ],
  'runner/cli': [
    'runner/certificate',
    'runner/plan',
    'runner/judge',
    'runner/report',
    'runner/observe',
    'runner/drive',
    'runner/reach',
    'runner/lint',
    'runner/record',
    'scenarios/language',
    'contracts',
    'simulator',
    'simulator/control',
  ],
  runner: [
    'runner/cli',
    'runner/drive',
    'runner/judge',
    'runner/observe',
    'runner/plan',
    'runner/report',
    'scenarios/language',
    'contracts',
    'simulator',
  ],
  'runner/bench': [
    'runner/browser',
    'runner/cli',
    'runner/drive',
    'runner/judge',
    'runner/report',
    'simulator',
    'simulator/control',
    'scenarios/language',
    'contracts',
  ],
  // Systems under test know nothing of what tests them.
  'runner/specimens': [],
  // Who examines the specimens is no specimen.
  'runner/specimens/matrix': ['runner/specimens', 'runner/cli', 'runner/judge', 'contracts'],
};

/** Rooms that touch no file, socket, process or timer. */
const pureRooms = [
  'simulator/core',
  'simulator/features',
  'simulator/replay',
  'scenarios/language',
  'runner/plan',
  'runner/judge',
  'runner/lint',
  'runner/record',
  'runner/report',
  'runner/certificate',
];
/** What a pure room has at its edge: the wire and the disk. */
const edges = ['door', 'forward', 'recorder', 'capture', 'read-bytes'].map(
  (name) => `runner/record/${name}.ts`,
);
/** Hashing is a pure function, and so is turning paths and URLs into one another. */
const pureModules = ['node:crypto', 'node:path', 'node:url', 'node:buffer', 'node:util'];
/** Loads the people of a language when the first one is needed; the value it gives is a function of the seed. */
const lazyLoaders = ['node:module'];

const skipped = new Set(['node_modules', 'dist', 'real', 'fixtures', '.git']);

function everyFile(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : everyFile(name);
    return /\.tsx?$/.test(entry.name) ? [name] : [];
  });
}

const all = ['contracts', 'scenarios', 'simulator', 'runner'].flatMap(everyFile);
const files = all.filter((file) => !/\.test(\.\w+)?\.tsx?$/.test(file));

const roomOf = (file: string): string | undefined =>
  Object.keys(mayImport)
    .filter((room) => file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];

interface Import {
  readonly from: string;
  readonly target: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g,
  );
  return [...found].map(([, still, dynamic]) => ({ from: file, target: still ?? dynamic ?? '' }));
}

const inHouse = (imports: readonly Import[]): Import[] =>
  imports
    .filter(({ target }) => target.startsWith('.'))
    .map(({ from, target }) => ({ from, target: path.posix.join(path.posix.dirname(from), target) }));

const allImports = files.flatMap(importsOf);
const relative = inHouse(allImports);

describe('the house', () => {
  it('was read: there are files and imports in every room', () => {
    const rooms = new Set(files.map(roomOf));
    expect(Object.keys(mayImport).filter((room) => !rooms.has(room) && room !== 'scenarios')).toEqual([]);
    expect(relative.length).toBeGreaterThan(100);
  });

  it('has arrows that run only down', () => {
    const wrong = relative.filter(({ from, target }) => {
      const room = roomOf(from);
      const other = roomOf(target);
      return room !== undefined && other !== undefined && room !== other && !mayImport[room]?.includes(other);
    });
    expect(wrong).toEqual([]);
  });

  it('lets a feature see of another feature nothing but its events', () => {
    const folder = (file: string): string | undefined => /^simulator\/features\/([^/]+)\//.exec(file)?.[1];
    const wrong = relative.filter(({ from, target }) => {
      const [own, other] = [folder(from), folder(target)];
      return own !== undefined && other !== undefined && own !== other && !target.endsWith('/events.ts');
    });
    expect(wrong).toEqual([]);
  });

  it('keeps files, sockets and processes out of the pure rooms', () => {
    const wrong = allImports.filter(({ from, target }) => {
      if (edges.includes(from) || !pureRooms.some((room) => from.startsWith(`${room}/`))) return false;
      return target.startsWith('node:') && ![...pureModules, ...lazyLoaders].includes(target);
    });
    expect(wrong).toEqual([]);
  });

  it('has Express only where no answer of the Graph depends on it', () => {
    const wrong = allImports.filter(
      ({ from, target }) =>
        target === 'express' &&
        !/^(simulator\/(control|console|signup)|runner\/specimens|runner\/bench\/children)\//.test(from),
    );
    expect(wrong).toEqual([]);
  });

  it('has no file that nobody imports', () => {
    const imported = new Set(inHouse(all.flatMap(importsOf)).map(({ target }) => target));
    // Programs are started, not imported.
    const doors =
      /(^simulator\/index|^runner\/(index|vitest)|\/main|^simulator\/console\/app\/(dialog|sdk)|^runner\/drive\/redirect|^contracts\/openapi\/write|^runner\/bench\/children\/[^/]+|^runner\/specimens\/defects\/[^/]+)\.tsx?$/;
    expect(files.filter((file) => !imported.has(file) && !doors.test(file))).toEqual([]);
  });

  it('keeps the list of features and their folders in step', () => {
    const folders = readdirSync(path.join(root, 'simulator/features'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    const list = readFileSync(path.join(root, 'simulator/features/index.ts'), 'utf8');
    expect(folders.filter((name) => !list.includes(`./${name}/feature.ts`))).toEqual([]);
  });
});
