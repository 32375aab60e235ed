/** `coex merge part-1.json part-2.json …`: the report of the whole, from those of its parts. */
import path from 'node:path';
import { reportValidator } from '../../contracts/catalogue.ts';
import { MergeError, mergeReports } from '../judge/merge.ts';
import { Mistake, renderNotes } from '../plan/mistake.ts';
import type { StoredReport } from '../report/json.ts';
import { readText } from './files.ts';
import type { ExitCode, Io } from './io.ts';
import { readFormat, readReportFlags, tellForge, writeFormat, writeReports } from './reports.ts';

export interface MergeFlags {
  readonly report: readonly string[];
  readonly format?: string;
}

/** @throws Mistake where a file is no report of coex, or the parts do not belong together */
export async function merge(files: readonly string[], flags: MergeFlags, io: Io): Promise<ExitCode> {
  const wanted = readReportFlags(flags.report);
  const format = readFormat(flags.format);
  const parts = files.map((file) => readReport(file, io));
  const report = joined(parts, files);
  const told = { report, transcripts: parts.flatMap(({ transcripts = [] }) => transcripts) };
  const complaints = await writeReports(wanted, told, io.cwd);
  await writeFormat(format, told, io);
  complaints.push(...(await tellForge(format, told, io)));
  if (complaints.length > 0) io.err.write(`${renderNotes(complaints)}\n`);
  return report.exitCode;
}

function joined(parts: readonly StoredReport[], files: readonly string[]) {
  try {
    return mergeReports(parts);
  } catch (error) {
    if (!(error instanceof MergeError)) throw error;
    const place = files[error.part];
    throw new Mistake({
      message: `It is no part of the same run: ${error.message}.`,
      ...(place !== undefined && { place }),
    });
  }
}

/** @throws Mistake where the file is no JSON report of this version */
export function readReport(file: string, io: Pick<Io, 'cwd'>): StoredReport {
  const data = parse(readText(path.resolve(io.cwd, file), file), file);
  const [finding] = reportValidator()(data);
  if (finding)
    throw new Mistake({
      message: `It is no report of coex: “${finding.pointer || '/'}” ${finding.message}.`,
      place: file,
      hint: 'A report is written by coex run --report json=FILE.',
    });
  return data as StoredReport;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Mistake({
      message: `It is no JSON: ${error instanceof Error ? error.message : String(error)}`,
      place: file,
    });
  }
}
