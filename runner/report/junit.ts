/** The report for CI servers: a suite per scenario, a case per obligation it looked at. */
import * as junit from 'junit-report-builder';
import type { Builder, TestCase } from 'junit-report-builder';
import type { Finding, Report, ScenarioVerdict, Verdict } from '../judge/verdict.ts';

/** XML as Jenkins and GitLab read it: broken is a failure, inconclusive an error, the unseen is skipped. */
export function renderJunit(report: Report): string {
  const builder = rootBuilder().newBuilder().name('coex');
  for (const scenario of report.scenarios) addSuite(builder, scenario, report);
  return `${builder.build()}\n`;
}

function addSuite(builder: Builder, scenario: ScenarioVerdict, report: Report): void {
  const suite = builder
    .testSuite()
    .name(scenario.id)
    .time(scenario.tookMs / 1_000);
  const asked: readonly { readonly id?: string; readonly verdict: Verdict }[] =
    scenario.obligations.length > 0 ? scenario.obligations : [{ verdict: scenario.verdict }];
  for (const { id, verdict } of asked) {
    const one = suite
      .testCase()
      .className(scenario.id)
      .name(id ?? scenario.title)
      .file(scenario.file)
      // The time is the scenario's; its first case carries it, so that sums are right.
      .time(asked[0]?.id === id ? scenario.tookMs / 1_000 : 0);
    const finding = report.findings.find(
      (candidate) => candidate.scenario === scenario.id && candidate.obligation === id,
    );
    addVerdict(one, verdict, finding);
  }
}

function addVerdict(one: TestCase, verdict: Verdict, finding: Finding | undefined): void {
  const message = printable(finding ? `expected ${finding.expected}; ${finding.happened}` : verdict);
  switch (verdict) {
    case 'pass':
      return;
    case 'fail':
      one.failure(message, 'broken');
      if (finding) one.stacktrace(printable(details(finding)));
      return;
    case 'inconclusive':
      one.error(message, 'inconclusive', finding ? printable(details(finding)) : '');
      return;
    case 'waived':
    case 'not-observed':
    case 'not-applicable':
      one.skipped();
      one.standardOutput(`${verdict}: ${message}`);
      return;
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

/** The package's types promise one more `default` than Node finds in it. */
function rootBuilder(): Builder {
  const { default: found }: { readonly default: unknown } = junit;
  if (isBuilder(found)) return found;
  throw new Error('junit-report-builder has changed its shape.');
}

const isBuilder = (value: unknown): value is Builder =>
  typeof value === 'object' && value !== null && 'newBuilder' in value;
