/** `--report kind=file`: which reports are wanted, and writing them. Renderers are loaded when they are wanted. */
import path from 'node:path';
import { suggest } from '../../scenarios/language/suggest.ts';
import type { Report } from '../judge/verdict.ts';
import { hint, Mistake } from '../plan/mistake.ts';
import { writeFileOrMistake } from './write-file.ts';

const kinds = ['json', 'junit'] as const;

export interface WantedReport {
  readonly kind: (typeof kinds)[number];
  readonly file: string;
}

/** @throws Mistake, before anything is run */
export const readReportFlags = (flags: readonly string[]): readonly WantedReport[] =>
  flags.map((flag) => {
    const [name = '', ...rest] = flag.split('=');
    const file = rest.join('=');
    const kind = kinds.find((one) => one === name);
    if (!kind)
      throw new Mistake({
        message: `There is no report “${name}”.`,
        place: '--report',
        ...hint(suggest(name, kinds)),
      });
    if (file === '')
      throw new Mistake({
        message: 'A report needs a file.',
        place: '--report',
        hint: `Write --report ${kind}=FILE.`,
      });
    return { kind, file };
  });

export async function writeReports(
  wanted: readonly WantedReport[],
  report: Report,
  cwd: string,
): Promise<void> {
  for (const { kind, file } of wanted)
    writeFileOrMistake(path.resolve(cwd, file), await render(kind, report), '--report');
}

async function render(kind: WantedReport['kind'], report: Report): Promise<string> {
  switch (kind) {
    case 'json':
      return (await import('../report/json.ts')).renderJson(report);
    case 'junit':
      return (await import('../report/junit.ts')).renderJunit(report);
  }
}
