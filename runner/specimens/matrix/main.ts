/** Judges the judge, and writes what was found as pages: `npm run kill-matrix`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { obligations, packageRoot } from '../../../contracts/catalogue.ts';
import { examine, examineAll } from './examine.ts';
import { renderGrid, type Grid } from './grid-page.ts';
import { falseAlarms, killGrid, realGrid, type Conforming, type RealSystem } from './grids.ts';
import { conformingSystems, isKilled, killMatrix } from './kill-matrix.ts';
import { expectationsOf, installReal, realSystems } from './real-systems.ts';

const columns = obligations().map(({ id, statement }) => ({ id, statement }));
const folder = path.join(packageRoot(), 'reports');

function write(name: string, grid: Grid): void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.html`);
  writeFileSync(file, renderGrid(grid));
  console.log(`Written to ${path.relative(process.cwd(), file)}.`);
}

const conforming: Conforming[] = [];
for (const name of conformingSystems) {
  const { report } = await examine({ folder: name });
  conforming.push({ name, report });
}
const kills = await killMatrix((kill) => {
  console.log(`${isKilled(kill) ? '✓' : '✗'} ${kill.obligation}`);
});
const grid = killGrid(columns, conforming, kills);
console.log(grid.about);
write('kill-matrix', grid);

installReal();
const real: RealSystem[] = [];
const bots = realSystems();
const examined = await examineAll(
  bots.map((name) => ({ folder: `real/${name}` })),
  { processes: 2, atOnce: 3 },
);
for (const [index, { report }] of examined.entries()) {
  const name = bots[index] ?? '';
  const reasons = Object.entries(expectationsOf(name)).flatMap(([id, { because, where }]) =>
    because === undefined ? [] : [[id, `${because} (${where ?? 'no line is known'})`] as const],
  );
  real.push({ name, report, reasons: Object.fromEntries(reasons) });
}
write('real-systems', realGrid(columns, real));

const isRight = kills.every(isKilled) && conforming.every(({ report }) => falseAlarms(report).length === 0);
process.exitCode = isRight ? 0 : 1;
