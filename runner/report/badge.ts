/** A badge for a README: how many of the obligations that were looked at are kept. SVG. */
import { makeBadge } from 'badge-maker';
import type { Report } from '../judge/verdict.ts';
import { verdictOfRun } from './words.ts';

/** `coexistence | 84 of 85 kept`; what nobody looked at is no part of the count. */
export function renderBadge(report: Report): string {
  const judged = report.obligations.filter(
    ({ verdict }) => verdict !== 'not-applicable' && verdict !== 'not-observed',
  );
  const kept = judged.filter(({ verdict }) => verdict === 'pass').length;
  const isTold = report.exitCode === 0 || report.exitCode === 1;
  return makeBadge({
    label: 'coexistence',
    message: isTold && judged.length > 0 ? `${kept} of ${judged.length} kept` : verdictOfRun(report),
    color: colourOf(report, kept === judged.length),
  });
}

/** What is waived is not kept, and does not look so. */
function colourOf({ exitCode }: Report, isWhole: boolean): string {
  if (exitCode === 0) return isWhole ? 'brightgreen' : 'yellow';
  return exitCode === 1 ? 'red' : 'lightgrey';
}
