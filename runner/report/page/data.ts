/** What the report's file holds: read once, a transcript when somebody opens it. */
import type { Transcript } from '../../judge/transcript.ts';
import type { Finding, Report, ScenarioVerdict, Verdict } from '../../judge/verdict.ts';

const textOf = (element: Element | null): string => element?.textContent ?? '';

export const report = JSON.parse(textOf(document.getElementById('report'))) as Report;

const blocks = new Map(
  [...document.querySelectorAll<HTMLElement>('script.transcript')].map((block) => [
    block.dataset['scenario'] ?? '',
    block,
  ]),
);

export function transcriptOf(scenario: string): Transcript | undefined {
  const block = blocks.get(scenario);
  return block && (JSON.parse(textOf(block)) as Transcript);
}

/** Scenarios that are judged as a whole stand below a name that no obligation has. */
export const asAWhole = '(the scenario itself)';

/** A row of the grid: what is asked, and how it came out in each scenario. */
export interface Row {
  readonly id: string;
  readonly statement: string;
  readonly level: string;
  readonly profile: string;
  readonly verdict: Verdict;
  readonly cells: ReadonlyMap<string, Verdict>;
}

export const rows: readonly Row[] = [...obligationRows(), ...wholeRow()];

function obligationRows(): readonly Row[] {
  return [...report.obligations]
    .sort((a, b) => a.profile.localeCompare(b.profile) || a.id.localeCompare(b.id))
    .map(({ id, statement, level, profile, verdict }) => ({
      id,
      statement,
      level,
      profile,
      verdict,
      cells: new Map(
        report.scenarios.flatMap((scenario) =>
          scenario.obligations
            .filter((one) => one.id === id)
            .map((one) => [scenario.id, one.verdict] as const),
        ),
      ),
    }));
}

function wholeRow(): readonly Row[] {
  const whole = report.scenarios.filter(({ obligations }) => obligations.length === 0);
  if (whole.length === 0) return [];
  const verdict = whole.find((one) => one.verdict === 'fail')?.verdict ?? whole[0]?.verdict ?? 'pass';
  const cells = new Map(whole.map((one) => [one.id, one.verdict]));
  const statement = 'What its author expects, beside any obligation.';
  return [{ id: asAWhole, statement, level: '', profile: 'own', verdict, cells }];
}

export const scenarioOf = (id: string): ScenarioVerdict | undefined =>
  report.scenarios.find((one) => one.id === id);

export const findingOf = (scenario: string, row: string): Finding | undefined =>
  report.findings.find((one) => one.scenario === scenario && (one.obligation ?? asAWhole) === row);

const lower = new Map<string, string>();

/** Whether a text stands anywhere in what is known of a scenario, bodies included. */
export function mentions(scenario: ScenarioVerdict, wanted: string): boolean {
  if (`${scenario.id} ${scenario.title}`.toLowerCase().includes(wanted)) return true;
  let text = lower.get(scenario.id);
  if (text === undefined) {
    text = textOf(blocks.get(scenario.id) ?? null).toLowerCase();
    lower.set(scenario.id, text);
  }
  // In a body, a quote stands as \" and once more escaped in the block.
  return text.includes(wanted) || text.includes(JSON.stringify(wanted).slice(1, -1));
}
