/** The report for CI servers: a suite per scenario, a case per obligation it looked at. */
import XMLBuilder from 'fast-xml-builder';
import type { Finding, Report, ScenarioVerdict, Verdict } from '../judge/verdict.ts';

/** XML as Jenkins and GitLab read it: broken is a failure, inconclusive an error, the unseen is skipped. */
export function renderJunit(report: Report): string {
  const builder = new XMLBuilder({
    attributeNamePrefix: '@',
    format: true,
    ignoreAttributes: false,
    suppressEmptyNode: true,
  });
  const suites = report.scenarios.map((scenario) => suiteOf(scenario, report));
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: { '@name': 'coex', ...counts(suites.flatMap(({ testcase }) => testcase)), testsuite: suites },
  });
}

/** An element: `@` before the names of attributes. */
interface Case {
  readonly '@classname': string;
  readonly '@name': string;
  readonly '@file': string;
  readonly '@time': number;
  readonly failure?: object;
  readonly error?: object;
  readonly skipped?: string;
  readonly 'system-out'?: string;
}

function suiteOf(scenario: ScenarioVerdict, report: Report) {
  const asked: readonly { readonly id?: string; readonly verdict: Verdict }[] =
    scenario.obligations.length > 0 ? scenario.obligations : [{ verdict: scenario.verdict }];
  const testcase = asked.map(({ id, verdict }, index): Case => {
    const finding = report.findings.find(
      (candidate) => candidate.scenario === scenario.id && candidate.obligation === id,
    );
    return {
      '@classname': scenario.id,
      '@name': id ?? scenario.title,
      '@file': scenario.file,
      // The time is the scenario's; its first case carries it, so that sums are right.
      '@time': index === 0 ? scenario.tookMs / 1_000 : 0,
      ...said(verdict, finding),
    };
  });
  return { '@name': scenario.id, '@time': scenario.tookMs / 1_000, ...counts(testcase), testcase };
}

const counts = (cases: readonly Case[]) => ({
  '@tests': cases.length,
  '@failures': cases.filter(({ failure }) => failure).length,
  '@errors': cases.filter(({ error }) => error).length,
  '@skipped': cases.filter(({ skipped }) => skipped !== undefined).length,
});

function said(verdict: Verdict, finding: Finding | undefined): Partial<Case> {
  const message = printable(finding ? `expected ${finding.expected}; ${finding.happened}` : verdict);
  const text = finding ? printable(details(finding)) : '';
  switch (verdict) {
    case 'pass':
      return {};
    case 'fail':
      return { failure: { '@message': message, '@type': 'broken', '#text': text } };
    case 'inconclusive':
      return { error: { '@message': message, '@type': 'inconclusive', '#text': text } };
    case 'waived':
    case 'not-observed':
    case 'not-applicable':
      return { skipped: '', 'system-out': `${verdict}: ${message}` };
  }
}

const details = (finding: Finding): string =>
  [
    `at ${finding.file}${finding.at ? `:${finding.at.line}:${finding.at.column}` : ''}`,
    `expected: ${finding.expected}`,
    `happened: ${finding.happened}`,
    ...finding.exchanges.map(({ title, sent, answered }) => `${title}\n  → ${sent}\n  ← ${answered}`),
    `replay: ${finding.replay}`,
  ].join('\n');

/** XML 1.0 has no control characters but tab and line ends; a process may have written some. */
const printable = (text: string): string => text.replace(/[^\t\n\r\x20-\uFFFD]/g, '·');
