/** `--report kind=file` and `--format kind`: which reports are wanted, and writing them. Renderers are loaded when wanted. */
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { suggest } from '../../scenarios/language/suggest.ts';
import type { JudgedRun } from '../drive/judged-run.ts';
import { hint, Mistake, type MistakeNote } from '../plan/mistake.ts';
import { colorsFor, type Io } from './io.ts';
import { writeFileOrComplain } from './write-file.ts';

export const reportKinds = ['text', 'json', 'junit', 'html', 'markdown', 'github', 'badge'] as const;

type Kind = (typeof reportKinds)[number];

export interface WantedReport {
  readonly kind: Kind;
  readonly file: string;
}

/** What is rendered. */
export type Told = Pick<JudgedRun, 'report' | 'transcripts'>;

function readKind(name: string, place: string): Kind {
  const kind = reportKinds.find((one) => one === name);
  if (kind) return kind;
  throw new Mistake({
    message: `There is no report “${name}”.`,
    place,
    ...hint(suggest(name, reportKinds) ?? `One of ${reportKinds.join(', ')}.`),
  });
}

/** @throws Mistake, before anything is run */
export const readReportFlags = (flags: readonly string[]): readonly WantedReport[] =>
  flags.map((flag) => {
    const [name = '', ...rest] = flag.split('=');
    const file = rest.join('=');
    const kind = readKind(name, '--report');
    if (file !== '') return { kind, file };
    throw new Mistake({
      message: 'A report needs a file.',
      place: '--report',
      hint: `Write --report ${kind}=FILE.`,
    });
  });

/** @throws Mistake where there is no such format */
export const readFormat = (name = 'text'): Kind => readKind(name, '--format');

/** Only what shows transcripts needs all that was seen. */
export const wantTapes = (reports: readonly WantedReport[], format: Kind): boolean =>
  format === 'html' || reports.some(({ kind }) => kind === 'html');

/** @returns what could not be written, and why; the rest is */
export async function writeReports(
  wanted: readonly WantedReport[],
  told: Told,
  cwd: string,
): Promise<MistakeNote[]> {
  const complaints: MistakeNote[] = [];
  for (const { kind, file } of wanted)
    complaints.push(
      ...writeFileOrComplain(path.resolve(cwd, file), await renderReport(kind, told), '--report'),
    );
  return complaints;
}

/** Writes one report to the standard output. */
export async function writeFormat(
  kind: Kind,
  told: Told,
  { out, env }: Pick<Io, 'out' | 'env'>,
): Promise<void> {
  if (kind !== 'text') {
    out.write(await renderReport(kind, told));
    return;
  }
  const { renderText } = await import('../report/text.ts');
  const colors = colorsFor(out, env);
  out.write(`\n${renderText(told.report, colors)}`);
}

/**
 * Annotations and the page of the job, where GitHub runs us.
 *
 * Source: https://docs.github.com/actions/reference/variables-reference (GITHUB_ACTIONS, GITHUB_STEP_SUMMARY)
 *
 * @returns what could not be written
 */
export async function tellForge(
  kind: Kind,
  told: Told,
  { out, env }: Pick<Io, 'out' | 'env'>,
): Promise<MistakeNote[]> {
  if (env['GITHUB_ACTIONS'] !== 'true') return [];
  if (kind === 'text') out.write(await renderReport('github', told));
  const page = env['GITHUB_STEP_SUMMARY'];
  if (page === undefined || page === '') return [];
  try {
    appendFileSync(page, await renderReport('markdown', told));
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ message: `The job's summary cannot be written: ${reason}`, place: 'GITHUB_STEP_SUMMARY' }];
  }
}

/** One report, as its readers take it. */
export async function renderReport(kind: Kind, { report, transcripts }: Told): Promise<string> {
  switch (kind) {
    case 'text':
      return (await import('../report/text.ts')).renderText(report);
    case 'json':
      return (await import('../report/json.ts')).renderJson(report, transcripts);
    case 'junit':
      return (await import('../report/junit.ts')).renderJunit(report);
    case 'html':
      return (await import('../report/html.ts')).renderHtml(
        report,
        transcripts,
        (await import('./page-parts.ts')).readPageParts(),
      );
    case 'markdown':
      return (await import('../report/markdown.ts')).renderMarkdown(report);
    case 'github':
      return (await import('../report/github.ts')).renderAnnotations(report);
    case 'badge':
      return (await import('../report/badge.ts')).renderBadge(report);
  }
}
