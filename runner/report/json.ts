/** The report for programs: the data itself, two blanks deep; its schema is `contracts/report.schema.json`. */
import type { Transcript } from '../judge/transcript.ts';
import type { Report } from '../judge/verdict.ts';

/** A report as a file holds it. */
export interface StoredReport extends Report {
  /** Only where transcripts were kept. */
  readonly transcripts?: readonly Transcript[];
}

export const renderJson = (report: Report, transcripts: readonly Transcript[] = []): string =>
  `${JSON.stringify({ ...report, ...(transcripts.length > 0 && { transcripts }) } satisfies StoredReport, null, 2)}\n`;
