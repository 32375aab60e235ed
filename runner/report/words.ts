/** Verdicts in the words of reports, and the summary line. */
import type { Report, Verdict } from '../judge/verdict.ts';

/** How reports call a verdict, in the order in which they count them. */
export const words: Readonly<Record<Verdict, string>> = {
  pass: 'kept',
  fail: 'broken',
  inconclusive: 'inconclusive',
  'not-observed': 'not observed',
  waived: 'waived',
  'not-applicable': 'not applicable',
};

/** What the run as a whole comes to, in the word that its exit code stands for. */
export function verdictOfRun({ exitCode }: Pick<Report, 'exitCode'>): string {
  switch (exitCode) {
    case 0:
      return words.pass;
    case 1:
      return words.fail;
    case 2:
      return 'a mistake';
    case 3:
      return words.inconclusive;
    case 70:
      return 'a fault of coex';
  }
}

const order = Object.keys(words) as readonly Verdict[];

/** `26 kept, 1 broken, 1 not observed` */
export const countVerdicts = (obligations: Report['obligations']): string =>
  order
    .map((verdict) => ({ verdict, count: obligations.filter((one) => one.verdict === verdict).length }))
    .filter(({ count, verdict }) => count > 0 || verdict === 'pass')
    .map(({ verdict, count }) => `${count} ${words[verdict]}`)
    .join(', ');

/** `41 scenarios · 28 obligations: 26 kept, 1 broken, 1 not observed` */
export function summary({ scenarios, obligations, unplayed }: Report): string {
  const said = obligations.length === 0 ? platformOnly(scenarios) : `: ${countVerdicts(obligations)}`;
  const rest = unplayed.length === 0 ? '' : ` · ${plural(unplayed.length, 'scenario')} not played`;
  return `${plural(scenarios.length, 'scenario')} · ${plural(obligations.length, 'obligation')}${said}${rest}`;
}

/** Scenarios without obligations are counted themselves where there is nothing else to count. */
const platformOnly = (scenarios: Report['scenarios']): string => {
  const failed = scenarios.filter(({ verdict }) => verdict !== 'pass').length;
  return failed === 0 ? '; all as expected' : `; ${plural(failed, 'scenario')} not as expected`;
};

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
