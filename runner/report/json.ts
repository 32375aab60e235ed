/** The report for programs: the data itself, two blanks deep. */
import type { Report } from '../judge/verdict.ts';

export const renderJson = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;
