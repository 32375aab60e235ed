/** What was found, as grids: defects × obligations, and real systems × obligations. Pure. */
import type { Report } from '../../judge/verdict.ts';
import type { Cell, Column, Grid } from './grid-page.ts';
import { isKilled, type Kill } from './kill-matrix.ts';

/** A system that is meant to keep all it claims. */
export interface Conforming {
  readonly name: string;
  readonly report: Report;
}

export function killGrid(
  columns: readonly Column[],
  conforming: readonly Conforming[],
  kills: readonly Kill[],
): Grid {
  const caught = kills.filter(isKilled).length;
  const alarms = conforming.flatMap(({ report }) => falseAlarms(report)).length;
  return {
    title: 'Kill matrix',
    about:
      'The first rows are systems without a defect, each built another way; every other row is the first of them with one ' +
      'defect, named after the obligation that it breaks. ' +
      `Defects caught by their own obligation: ${caught} of ${kills.length}. False alarms on conforming systems: ${alarms}.`,
    columns,
    rows: [
      ...conforming.map(({ name, report }) => ({
        name: `(${name})`,
        cells: cellsOf(report, (_, verdict) => plainCell(verdict)),
      })),
      ...kills.map((kill) => ({
        name: kill.obligation,
        cells: cellsOf(kill.report, (id, verdict) => killCell(kill, id, verdict)),
      })),
    ],
  };
}

/** What is held against a system that has done nothing wrong; what it was not looked at for is nothing. */
export const falseAlarms = ({ obligations }: Report): readonly string[] =>
  obligations.filter(({ verdict }) => verdict === 'fail' || verdict === 'inconclusive').map(({ id }) => id);

function killCell({ obligation, collateral }: Kill, id: string, verdict: string): Cell {
  if (verdict !== 'fail') return plainCell(verdict);
  if (id === obligation) return { kind: 'caught' };
  const reason = collateral[id];
  return reason === undefined ? { kind: 'alarm' } : { kind: 'explained', note: reason };
}

/** What a real system's verdicts are put down to. */
export interface RealSystem {
  readonly name: string;
  readonly report: Report;
  readonly reasons: Readonly<Record<string, string>>;
}

/** Obligations that bind none of the systems are left out. */
export const realGrid = (all: readonly Column[], systems: readonly RealSystem[]): Grid => ({
  title: 'Real systems',
  about:
    'Bots on published packages, written as their READMEs lead to them, against the whole library. What a bot does not claim to do is not looked at.',
  columns: all.filter(({ id }) =>
    systems.some(({ report }) =>
      report.obligations.some((one) => one.id === id && one.verdict !== 'not-applicable'),
    ),
  ),
  rows: systems.map(({ name, report, reasons }) => ({
    name,
    cells: cellsOf(report, (id, verdict) => ({
      ...plainCell(verdict),
      ...(reasons[id] !== undefined && { note: reasons[id] }),
    })),
  })),
});

const cellsOf = (
  { obligations }: Report,
  toCell: (id: string, verdict: string) => Cell,
): Readonly<Record<string, Cell>> =>
  Object.fromEntries(obligations.map(({ id, verdict }) => [id, toCell(id, verdict)]));

function plainCell(verdict: string): Cell {
  switch (verdict) {
    case 'pass':
      return { kind: 'pass' };
    case 'fail':
      return { kind: 'fail' };
    case 'inconclusive':
      return { kind: 'untold' };
    default:
      return { kind: 'unseen' };
  }
}
