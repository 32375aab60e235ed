/** The bundle: everything that shows what a certificate claims, as one zip. Pure. */
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { sha256 } from './certificate.ts';

/** Text files by their path in the zip. */
export type BundleFiles = Readonly<Record<string, string>>;

/** One instant for all files: the same run gives the same bytes. Zip knows no time before 1980. */
const noTime = new Date('1980-01-01T00:00:00').getTime();

/** Most bytes of all files together; a zip that unpacks to more was not made by us. */
const mostBytes = 512 * 1024 * 1024;

export function packBundle(files: BundleFiles): Uint8Array {
  const entries: Zippable = {};
  for (const [name, text] of Object.entries(files).sort(byName))
    entries[name] = [new TextEncoder().encode(text), { mtime: noTime, level: 6 }];
  return zipSync(entries);
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

/** @returns the files, or nothing where it is no zip, or one that is far too large */
export function unpackBundle(zip: Uint8Array): BundleFiles | undefined {
  let bytes = 0;
  try {
    const files = unzipSync(zip, {
      filter: ({ originalSize }) => (bytes += originalSize) <= mostBytes,
    });
    if (bytes > mostBytes) return undefined;
    return Object.fromEntries(
      Object.entries(files).map(([name, content]) => [name, Buffer.from(content).toString('utf8')]),
    );
  } catch {
    return undefined;
  }
}

export const digestsOf = (files: BundleFiles): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(files)
      .sort(byName)
      .map(([name, text]) => [name, sha256(text)]),
  );

export const reportFile = 'report.json';
export const pageFile = 'report.html';
export const setFile = 'set.yaml';
/** Variants of a matrix are written in one file. */
export const scenarioFile = (id: string): string => `scenarios/${id.replace(/#.*$/, '')}.yaml`;
export const tapeFile = (id: string): string => `tapes/${id}.json`;
