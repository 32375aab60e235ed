/** What was found, as grids: defects × obligations, and real systems × obligations. Pure. */
import type { Report } from '../../judge/verdict.ts';
import type { Cell, Column, Grid } from './grid-page.ts';
import { isKilled, type Kill } from './kill-matrix.ts';

export function killGrid(columns: readonly Column[], conforming: Report, kills: readonly Kill[]): Grid {
  const caught = kills.filter(isKilled).length;
  const alarms = conforming.obligations.filter(({ verdict }) => verdict !== 'pass').length;
  return {
    title: 'Kill matrix',
    about:
      `Each row is the conforming inbox with one defect, named after the obligation that it breaks; the first row has none. ` +
      `Defects caught by their own obligation: ${caught} of ${kills.length}. False alarms on the conforming inbox: ${alarms}.`,
    columns,
    rows: [
      { name: '(conforming)', cells: cellsOf(conforming, (_, verdict) => plainCell(verdict)) },
      ...kills.map((kill) => ({
        name: kill.obligation,
        cells: cellsOf(kill.report, (id, verdict) => killCell(kill, id, verdict)),
      })),
    ],
  };
}

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
