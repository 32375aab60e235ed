/** The report for a pull request or a job's summary page: Markdown that GitHub and GitLab show. */
import type { Finding, ObligationVerdict, Report, Verdict } from '../judge/verdict.ts';
import { summary, verdictOfRun, words } from './words.ts';

/** A page of a forge has a bound (GitHub: 1 MiB a step); so many findings say enough. */
const mostFindings = 20;

const signs: Readonly<Record<Verdict, string>> = {
  pass: '✅',
  fail: '❌',
  inconclusive: '❔',
  waived: '🟡',
  'not-observed': '➖',
  'not-applicable': '➖',
};

/** Most telling first: what is broken, what is in doubt, the rest folded away. */
export function renderMarkdown(report: Report): string {
  const told = report.findings.filter(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive');
  const parts = [
    `## coex: ${verdictOfRun(report)}`,
    summary(report),
    ...report.ownFaults.map(
      ({ what, place, message }) =>
        `> **A fault of coex, not of your system:** ${escape(`${what} in ${place}: ${message}`)}`,
    ),
    ...report.mistakes.map(({ place, message }) => `> **Mistake** in ${escape(`${place}: ${message}`)}`),
    ...report.outdatedWaivers.map(
      ({ place, obligation, why }) =>
        `> **Baseline** ${escape(`${place}: ${obligation}`)} ${why === 'kept' ? 'is kept now; take the entry out' : 'has expired'}`,
    ),
    ...report.notices.map((notice) => `> ${escape(notice)}`),
    ...told.slice(0, mostFindings).map((finding) => renderFinding(finding, report)),
    told.length > mostFindings ? `… and ${told.length - mostFindings} more.` : '',
    renderTable(report.obligations),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function renderFinding(finding: Finding, { obligations }: Report): string {
  const obligation = obligations.find(({ id }) => id === finding.obligation);
  const place = finding.at ? `${finding.file}:${finding.at.line}` : finding.file;
  const wire = finding.exchanges
    .map(({ title, sent, answered }) => `${title}\n  → ${sent}\n  ← ${answered}`)
    .join('\n');
  return [
    `### ${signs[finding.verdict]} ${escape(finding.obligation ?? finding.scenario)}: ${words[finding.verdict]}`,
    obligation ? escape(obligation.statement) : '',
    `- **Expected** ${escape(finding.expected)}\n- **Happened** ${escape(finding.happened)}\n- **At** ${code(place)}`,
    obligation && finding.verdict === 'fail' ? `- **Mend** ${escape(obligation.fix)}` : '',
    wire === '' ? '' : `<details><summary>On the wire</summary>\n\n${block(wire)}\n\n</details>`,
    block(finding.replay, 'sh'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function renderTable(obligations: readonly ObligationVerdict[]): string {
  if (obligations.length === 0) return '';
  const rows = obligations.map(
    ({ id, verdict, level, profile }) =>
      `| ${signs[verdict]} ${words[verdict]} | ${code(id)} | ${level} | ${profile} |`,
  );
  return `<details><summary>All ${obligations.length} obligations</summary>\n\n| Verdict | Obligation | Level | Profile |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n\n</details>`;
}

/** Text from a stranger's system, as text and nothing else. */
const escape = (text: string): string =>
  text
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]()#+!|~@]/g, '\\$&')
    .replaceAll('\n', '<br>');

const code = (text: string): string => `\`${text.replaceAll('`', '’').replaceAll('|', '\\|')}\``;

/** A fence longer than any in the text. */
function block(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
