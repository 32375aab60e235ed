/** A recording as a file: what it is, what is not in it, and the scenario; held to the language before anybody sees it. Pure. */
import { renderDiagnostic } from '../../scenarios/language/diagnostics.ts';
import { parseScenario } from '../../scenarios/language/parse.ts';
import { writeScenario } from '../../scenarios/language/write.ts';
import type { Person } from './people.ts';
import type { Recorded } from './recording.ts';
import { toScenario } from './to-scenario.ts';

export interface WrittenRecording {
  readonly text: string;
  readonly steps: number;
  /** What became no step, as the file's own comment says it. */
  readonly leftOut: readonly string[];
}

/**
 * @param nowMs - when the recording ended, milliseconds since the epoch
 * @param personOf - whose number or user id a stand-in is
 * @param lost - webhooks that were more than could be kept
 * @returns `undefined` where nothing was recorded that a scenario could do
 * @throws an Error where what would be written is no scenario: a fault of ours
 */
export function writeRecording(
  recorded: readonly Recorded[],
  nowMs: number,
  personOf: (standIn: string) => Person | undefined,
  lost = 0,
): WrittenRecording | undefined {
  const { top, steps, leftOut } = toScenario(recorded, personOf);
  if (steps.length === 0) return undefined;
  const startedMs = recorded[0]?.atMs ?? nowMs;
  const day = new Date(startedMs).toISOString().slice(0, 10);
  const missing = [...leftOut].map(([why, count]) => `${count} × ${why}`);
  if (lost > 0) missing.push(`${lost} × a webhook after more than could be kept`);
  const webhooks = recorded.filter(({ kind }) => kind === 'webhook');
  const unreached = webhooks.filter(({ status }) => status === undefined).length;
  if (unreached > 0) missing.push(`${unreached} × a webhook that did not reach the system`);
  const comment = [
    `Recorded with coex record, ${new Date(startedMs).toISOString().slice(0, 16).replace('T', ' ')} to ` +
      `${new Date(nowMs).toISOString().slice(0, 16).replace('T', ' ')} UTC: ${webhooks.length} webhooks to the system under test` +
      `${recorded.some(({ kind }) => kind === 'call') ? ', and its Graph calls' : ''}.`,
    'Content is redacted: people, numbers, texts, files and ids are stand-ins, the same one each time.',
    ...(missing.length === 0 ? [] : ['What is not in the steps:', ...missing.map((one) => `  ${one}`)]),
  ];
  const scenario = writeScenario({ scenario: `What was recorded on ${day}`, ...top, steps }, 'compact');
  const text = `${comment.map((line) => `# ${line}`).join('\n')}\n${scenario}`;
  const parsed = parseScenario(text, 'recorded', 'recorded', { obligations: new Set() });
  if ('diagnostics' in parsed)
    throw new Error(
      `What was recorded became no scenario:\n${parsed.diagnostics.map((one) => renderDiagnostic(one, text)).join('\n')}`,
    );
  return { text, steps: steps.length, leftOut: missing };
}
