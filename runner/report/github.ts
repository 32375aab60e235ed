/**
 * The report as workflow commands of GitHub Actions: an annotation at the line of the scenario for all that is broken or
 * in doubt.
 *
 * Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
import type { Finding, Report } from '../judge/verdict.ts';
import { words } from './words.ts';

/** GitHub shows so many of a kind per step, and drops the rest silently. */
const mostShown = 10;

export function renderAnnotations(report: Report): string {
  const broken = report.findings.filter(({ verdict }) => verdict === 'fail');
  const doubtful = report.findings.filter(({ verdict }) => verdict === 'inconclusive');
  const errors = [
    ...report.ownFaults.map(({ place, what, message }) =>
      command('error', { title: `A fault of coex: ${what}` }, `${place}: ${message}`),
    ),
    ...report.mistakes.map(({ place, message }) =>
      command('error', { ...placeOf(place), title: 'Mistake' }, message),
    ),
    ...report.outdatedWaivers.map(({ place, obligation, why }) =>
      command(
        'error',
        { ...placeOf(place), title: `Baseline: ${obligation}` },
        why === 'kept' ? 'It is kept now; take the entry out.' : 'The entry has expired.',
      ),
    ),
    ...broken.map((finding) => annotation('error', finding)),
  ];
  const warnings = doubtful.map((finding) => annotation('warning', finding));
  const lines = [...errors.slice(0, mostShown), ...warnings.slice(0, mostShown)];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

const annotation = (kind: 'error' | 'warning', finding: Finding): string =>
  command(
    kind,
    {
      file: finding.file,
      ...(finding.at && { line: String(finding.at.line), col: String(finding.at.column) }),
      title: `${finding.obligation ?? finding.scenario}: ${words[finding.verdict]}`,
    },
    `expected ${finding.expected}\nhappened: ${finding.happened}\n${finding.replay}`,
  );

/** `file:line:column`, as notes have it. */
function placeOf(place: string): Readonly<Record<string, string>> {
  const [, file = place, line, column] = /^(.*?)(?::(\d+))?(?::(\d+))?$/.exec(place) ?? [];
  return { file, ...(line !== undefined && { line }), ...(column !== undefined && { col: column }) };
}

const command = (kind: string, properties: Readonly<Record<string, string>>, message: string): string => {
  const given = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${kind} ${given.join(',')}::${escapeData(message)}`;
};

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
