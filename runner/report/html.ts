/** The report for people who look closely: one file that needs no network. Pure. */
import { createHash } from 'node:crypto';
import type { Transcript } from '../judge/transcript.ts';
import type { Report } from '../judge/verdict.ts';
import { summary, verdictOfRun } from './words.ts';

/** What the page is made of, as it was built. */
export interface PageParts {
  readonly script: string;
  readonly styles: string;
}

/**
 * Data stands in blocks that no browser runs; the page reads them, a transcript only when somebody opens it.
 *
 * @param transcripts - of any of the scenarios; the others show their findings alone
 */
export function renderHtml(
  report: Report,
  transcripts: readonly Transcript[],
  { script, styles }: PageParts,
): string {
  const policy = `default-src 'none'; script-src '${digest(script)}'; style-src '${digest(styles)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>coex: ${escape(verdictOfRun(report))}</title>
<style>${styles}</style>
</head>
<body>
<main id="page"><h1>coex: ${escape(verdictOfRun(report))}</h1><p>${escape(summary(report))}</p></main>
<script type="application/json" id="report">${data(report)}</script>
${transcripts.map((one) => `<script type="application/json" class="transcript" data-scenario="${escape(one.scenario)}">${data(one)}</script>`).join('\n')}
<script>${script}</script>
</body>
</html>
`;
}

/** The only script and the only styles that the page may have are its own. */
const digest = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** JSON that cannot end its block, whatever is in it. */
const data = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
