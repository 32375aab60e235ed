/**
 * What a simulator keeps in a folder, so that it is there again after a restart or a kill: a file for each world, and
 * one for the app. Files are append-only; a world is what its file says.
 *
 * Everything that one turn of the program brought about is one line. A kill tears at most the last line, of which
 * nobody has been told: whoever got an answer finds it again.
 */
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { Behaviour } from './core/behaviour.ts';
import type { LogRecord } from './core/event-log.ts';
import type { Exchange } from './core/journal.ts';
import type { SavedCast } from './replay/cast.ts';
import type { SimulatedApp } from './simulated-app.ts';

/** What a world began as. */
export interface Origin {
  readonly name: string;
  /** Virtual start, milliseconds since the Unix epoch. */
  readonly startMs: number;
  readonly behaviour?: Partial<Behaviour>;
}

/** Something that a world has to remember. */
export type Entry =
  | { readonly origin: Origin }
  | { readonly record: LogRecord }
  | { readonly exchange: Exchange }
  /** The clock was moved or its pace changed: `speed` virtual seconds a second from `atMs` on. */
  | { readonly clock: { readonly atMs: number; readonly speed: number } }
  /** Who was set up; names of messages come one by one. */
  | { readonly cast: SavedCast }
  | { readonly named: { readonly message: string; readonly wamid: string } }
  /** A step that an operator played, or a setup, as it was written: what a scenario can be made of. */
  | { readonly played: unknown };

export interface WorldFile {
  /** All of it, oldest first; read as it is asked for. */
  entries(): Iterable<Entry>;
  /** Written before anybody gets an answer that depends on it. */
  append(entry: Entry): void;
  close(): void;
}

/** What the simulator itself began with. It holds the app's secret and token. */
export interface SavedSimulator {
  readonly seed: string;
  readonly app: SimulatedApp;
}

export interface Store {
  readonly folder: string;
  readonly simulator: SavedSimulator | undefined;
  saveSimulator(simulator: SavedSimulator): void;
  /** Names of the worlds that have a file, the default one first. */
  readonly worlds: readonly string[];
  open(world: string): WorldFile;
  /** The world is gone for good, and so is its file. */
  forget(world: string): void;
  close(): void;
}

/** The folder cannot be used; the text says why and what to do. */
export class StoreError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StoreError';
  }
}

const simulatorFile = 'simulator.json';
const lockFile = 'lock';
const suffix = '.jsonl';

/**
 * @param folder - made if it is missing; nobody but its owner may read it
 * @param onFailure - what could not be written; the simulator must not answer anything any more
 * @throws {@link StoreError} where another simulator uses the folder, or holds what no simulator wrote
 */
export function openStore(folder: string, onFailure: (error: StoreError) => void): Store {
  makeFolder(folder);
  lock(folder);
  const files = new Set<WorldFile>();
  const place = (name: string): string => path.join(folder, `${encodeURIComponent(name)}${suffix}`);
  return {
    folder,
    simulator: readSimulator(path.join(folder, simulatorFile)),
    saveSimulator(simulator) {
      writeFileSync(path.join(folder, simulatorFile), JSON.stringify(simulator), { mode: 0o600 });
    },
    worlds: readdirSync(folder)
      .filter((name) => name.endsWith(suffix))
      .map((name) => decodeURIComponent(name.slice(0, -suffix.length)))
      // The default world is first; it holds the app's subscription.
      .sort((a, b) => Number(b === 'default') - Number(a === 'default') || a.localeCompare(b)),
    open(world) {
      const file = openWorldFile(place(world), onFailure);
      files.add(file);
      return file;
    },
    forget: (world) => rmSync(place(world), { force: true }),
    close() {
      for (const file of files) file.close();
      rmSync(path.join(folder, lockFile), { force: true });
    },
  };
}

function makeFolder(folder: string): void {
  try {
    // Folders above it are made only where they are missing: below /proc, Node would try for ever.
    if (!existsSync(folder)) mkdirSync(folder, { recursive: !existsSync(path.dirname(folder)), mode: 0o700 });
    readdirSync(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StoreError(`${folder} cannot be used as a folder: ${why}`);
  }
}

function readSimulator(file: string): SavedSimulator | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SavedSimulator;
  } catch {
    throw new StoreError(`${file} is not what a simulator writes. Choose another folder, or empty this one.`);
  }
}

/** Two simulators in one folder would write one history into the other's. A lock whose owner is gone is none. */
function lock(folder: string): void {
  const file = path.join(folder, lockFile);
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (owner > 0 && owner !== process.pid && isAlive(owner))
    throw new StoreError(
      `${folder} is used by another simulator (process ${owner}). Stop it, or choose another folder.`,
    );
  writeFileSync(file, String(process.pid), { mode: 0o600 });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function openWorldFile(file: string, onFailure: (error: StoreError) => void): WorldFile {
  const handle = openSync(file, 'a+', 0o600);
  let turn: Entry[] = [];
  let closed = false;

  const write = (): void => {
    if (turn.length === 0 || closed) return;
    const line = Buffer.from(`${JSON.stringify(turn)}\n`);
    turn = [];
    try {
      for (let done = 0; done < line.length;) done += writeSync(handle, line, done);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      onFailure(new StoreError(`${file} cannot be written: ${why}`));
    }
  };

  return {
    *entries() {
      let whole = 0;
      for (const { text, endsAt } of linesOf(handle)) {
        yield* parseTurn(text, file);
        whole = endsAt;
      }
      // What follows was torn by a kill; the next line must not be glued to it.
      ftruncateSync(handle, whole);
    },
    append(entry) {
      // The turn ends before any answer leaves: answers are written by what the event loop runs later.
      if (closed) return;
      if (turn.push(entry) === 1) queueMicrotask(write);
    },
    close() {
      write();
      if (!closed) closeSync(handle);
      closed = true;
    },
  };
}

function parseTurn(text: string, file: string): readonly Entry[] {
  try {
    return JSON.parse(text) as readonly Entry[];
  } catch {
    throw new StoreError(`${file} holds a line that no simulator wrote: ${text.slice(0, 60)}`);
  }
}

const chunkBytes = 1024 * 1024;

/** The lines that have an end, and where it is; a file may be larger than a string can be. */
function* linesOf(handle: number): Iterable<{ readonly text: string; readonly endsAt: number }> {
  const chunk = Buffer.alloc(chunkBytes);
  let rest: Buffer = Buffer.alloc(0);
  let position = 0;
  for (;;) {
    const read = readSync(handle, chunk, 0, chunkBytes, position);
    if (read === 0) return;
    let from = 0;
    const bytes = Buffer.concat([rest, chunk.subarray(0, read)]);
    const start = position - rest.length;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      yield { text: bytes.toString('utf8', from, end), endsAt: start + end + 1 };
      from = end + 1;
    }
    rest = bytes.subarray(from);
    position += read;
  }
}
