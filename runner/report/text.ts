/** The report for people. Failures stand at the end, where a terminal leaves the eye. */
import type { Finding, ObligationVerdict, Report, ShownExchange, Verdict } from '../judge/verdict.ts';
import { summary, words } from './words.ts';

/** The few styles used; picocolors fits. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

const asItIs = (text: string): string => text;
/** No style at all. */
export const plain: Style = { bold: asItIs, dim: asItIs, red: asItIs, green: asItIs, yellow: asItIs };

/** The whole report, ending with the summary line. */
export function renderText(report: Report, style: Style = plain): string {
  const parts = [
    renderObligations(report.obligations, style),
    ...renderFindings(report, style),
    ...report.mistakes.map(({ place, message, hint }) =>
      lines(style.red(`Mistake in ${place}: ${message}`), hint === undefined ? [] : [`  ${hint}`]),
    ),
    ...report.outdatedWaivers.map(({ place, obligation, scenario, why }) =>
      style.red(
        `Baseline ${place}: ${obligation}${scenario === undefined ? '' : ` in ${scenario}`} ${why === 'kept' ? 'is kept now; take the entry out' : 'has expired; mend it, or give it a new day'}`,
      ),
    ),
    ...renderRepeated(report, style),
    ...report.ownFaults.map((fault) =>
      lines(
        style.red(`A fault of coex, not of your system: ${fault.what} in ${fault.place}: ${fault.message}`),
        renderExchange(fault.exchange, '  '),
      ),
    ),
    ...report.notices.map((notice) => style.yellow(notice)),
    style.bold(summary(report)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** What was kept only at a later try is no clean pass, and is said. */
const renderRepeated = ({ scenarios }: Report, style: Style): readonly string[] =>
  scenarios
    .filter(({ attempts, verdict }) => attempts !== undefined && verdict === 'pass')
    .map(({ id, attempts = 1 }) => style.yellow(`  kept at try ${attempts} only: ${id}`));

const lines = (first: string, rest: readonly string[]): string => [first, ...rest].join('\n');

/** The sign before a verdict. */
export function sign(verdict: Verdict, style: Style): string {
  switch (verdict) {
    case 'pass':
      return style.green('✓');
    case 'fail':
      return style.red('✗');
    case 'inconclusive':
      return style.yellow('?');
    case 'waived':
      return style.yellow('~');
    case 'not-observed':
    case 'not-applicable':
      return style.dim('–');
  }
}

function renderObligations(obligations: readonly ObligationVerdict[], style: Style): string {
  const width = Math.max(0, ...obligations.map(({ id }) => id.length));
  return obligations
    .map((one) => {
      const waiver = one.waiver ? ` until ${one.waiver.until}: ${one.waiver.reason}` : '';
      const said = one.verdict === 'pass' ? '' : `  ${words[one.verdict]}${waiver}`;
      return `  ${sign(one.verdict, style)} ${said === '' ? one.id : one.id.padEnd(width)}${said}`;
    })
    .join('\n');
}

/** What is not seen is told in a line; what is broken or in doubt in full, the broken last. */
function renderFindings(report: Report, style: Style): readonly string[] {
  const byVerdict = (verdict: Verdict): readonly Finding[] =>
    report.findings.filter((finding) => finding.verdict === verdict);
  const told = [...byVerdict('waived'), ...byVerdict('inconclusive'), ...byVerdict('fail')];
  return [
    renderUnseen(byVerdict('not-observed'), report.obligations, style),
    ...told.map((finding, index) => renderFinding(finding, index + 1, report, style)),
  ];
}

function renderUnseen(
  findings: readonly Finding[],
  obligations: Report['obligations'],
  style: Style,
): string {
  const unseen = new Set(obligations.filter(({ verdict }) => verdict === 'not-observed').map(({ id }) => id));
  const reasons = new Map<string, string>();
  for (const { obligation = '', happened } of findings)
    if (unseen.has(obligation)) reasons.set(obligation, happened);
  return [...reasons].map(([id, reason]) => style.dim(`  not observed: ${id}, since ${reason}`)).join('\n');
}

const colours = { fail: 'red', inconclusive: 'yellow', waived: 'yellow' } as const;

function renderFinding(finding: Finding, number: number, report: Report, style: Style): string {
  const obligation = report.obligations.find(({ id }) => id === finding.obligation);
  const verdict =
    finding.verdict === 'not-observed' || finding.verdict === 'not-applicable' ? 'waived' : finding.verdict;
  const colour = style[colours[verdict]];
  const title = finding.obligation ?? finding.scenario;
  const place = finding.at ? `${finding.file}:${finding.at.line}:${finding.at.column}` : finding.file;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['rule', obligation && `${obligation.statement} (${obligation.level})`],
    ['scenario', finding.scenario],
    ['at', `${place}${finding.step === undefined ? '' : `  ${finding.step}`}`],
    ['expected', finding.expected],
    ['happened', finding.happened],
    ['source', obligation && renderSource(obligation)],
    ['mend', finding.verdict === 'fail' ? obligation?.fix : undefined],
    ['replay', finding.replay],
  ];
  return [
    colour(style.bold(`${number}) ${title}: ${words[finding.verdict]}`)),
    ...rows.flatMap(([name, text]) => (text === undefined ? [] : [row(name, text, style)])),
    ...finding.exchanges.flatMap((exchange) => renderExchange(exchange, '   ')),
  ].join('\n');
}

/** A name in a column of its own; further lines of the text stand below its first. */
const row = (name: string, text: string, style: Style): string =>
  `   ${style.dim(name.padEnd(9))}${text.trim().replaceAll('\n', `\n${' '.repeat(12)}`)}`;

const renderSource = ({ source }: ObligationVerdict): string =>
  [source.evidence, source.page, source.url].filter((part) => part !== undefined).join(' · ');

const renderExchange = ({ title, sent, answered }: ShownExchange, indent: string): readonly string[] => [
  `${indent}│ ${title}`,
  `${indent}│   → ${sent}`,
  `${indent}│   ← ${answered}`,
];
