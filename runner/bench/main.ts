/**
 * `npm run bench`: everything that is compared starts in this same run, and what counts are ratios.
 *
 * Name parts to measure them alone: `npm run bench -- sends webhooks`.
 */
import { benchConsole } from './console.ts';
import { benchGraphSends } from './graph-sends.ts';
import { benchHistoryMemory } from './history-memory.ts';
import { benchHtmlReport } from './html-report.ts';
import { benchLibrary } from './library.ts';
import { benchOneRun } from './one-run.ts';
import { benchPassingTime } from './passing-time.ts';
import { benchStartUp } from './start-up.ts';
import { benchWebhooks } from './webhooks.ts';

const parts: Readonly<Record<string, () => Promise<void>>> = {
  sends: benchGraphSends,
  webhooks: benchWebhooks,
  time: benchPassingTime,
  library: benchLibrary,
  'start-up': benchStartUp,
  run: benchOneRun,
  history: benchHistoryMemory,
  console: benchConsole,
  report: benchHtmlReport,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`No part is named ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length === 0 || asked.includes(name)) await measure();
}
