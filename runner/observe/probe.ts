/**
 * Asks the system under test what it shows: an HTTP GET or a command of the user's config, then JSONata over the JSON.
 *
 * Never throws for what the other side does: each answer is a value, a 404, or a failure with its reason.
 */
import type { BrowserProbe, BrowserStep, Probe } from '../plan/config.ts';
import type { Answer } from '../judge/tape.ts';
import { fill, type Values } from '../plan/placeholders.ts';
import { mostBytes, runCommand, tooMuch } from './command.ts';
import { reasonOf } from './handshake.ts';

/** What asking takes beside the probe itself. */
export interface ProbeContext {
  /** Where commands run: the folder of the config. */
  readonly folder: string;
  /** For one look. */
  readonly limitMs: number;
  /** Opens and reads a page; missing: there is no browser. */
  readonly readPage?: (page: BrowserProbe, limitMs: number, signal: AbortSignal) => Promise<unknown>;
}

/** @param signal - ends the look early; its reason is then thrown */
export async function askProbe(
  probe: Probe,
  values: Values,
  context: ProbeContext,
  signal: AbortSignal,
): Promise<Answer> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(context.limitMs)]);
  const answer = await ask(probe, values, context, limit);
  signal.throwIfAborted();
  if (answer.kind === 'value') return select(answer.value, probe.select, context.limitMs);
  if (answer.kind !== 'text') return answer;
  const parsed = parseJson(answer.text);
  if (!parsed) return failed(`it answered no JSON: ${answer.text.slice(0, 200)}`);
  return select(parsed.value, probe.select, context.limitMs);
}

function ask(
  probe: Probe,
  values: Values,
  context: ProbeContext,
  signal: AbortSignal,
): Promise<Text | Answer> {
  if ('http' in probe) return askHttp(probe, values, context.limitMs, signal);
  if ('browser' in probe) return askPage(probe.browser, values, context, signal);
  const { folder, limitMs } = context;
  return runCommand({ command: fill(probe.command, values), folder, signal, tooSlow: tooSlow(limitMs) });
}

type Text = { readonly kind: 'text'; readonly text: string } | Exclude<Answer, { kind: 'value' }>;

const failed = (reason: string): Extract<Answer, { kind: 'failed' }> => ({ kind: 'failed', reason });
const tooSlow = (limitMs: number): string => `it did not answer within ${limitMs / 1_000} s`;

async function askHttp(
  { http, headers = {} }: Extract<Probe, { http: string }>,
  values: Values,
  limitMs: number,
  signal: AbortSignal,
): Promise<Text> {
  const url = fill(http, encoded(values));
  const filled = Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [name, fill(text, values)]),
  );
  try {
    const response = await fetch(url, { headers: { accept: 'application/json', ...filled }, signal });
    if (response.status === 404) return { kind: 'nothing', from: `GET ${url}` };
    if (!response.ok) return failed(`GET ${url} answered ${response.status}`);
    return await readBounded(response);
  } catch (error) {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    return failed(`GET ${url}: ${isTimeout ? tooSlow(limitMs) : reasonOf(error)}`);
  }
}

/** Base URLs stay as they are; names and ids are made safe for a path. */
const encoded = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      name === 'graph' ? value : encodeURIComponent(value),
    ]),
  );

async function readBounded(response: Response): Promise<Text> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    parts.push(part as Uint8Array);
    bytes += (part as Uint8Array).length;
    if (bytes > mostBytes) return failed(tooMuch);
  }
  return { kind: 'text', text: Buffer.concat(parts).toString('utf8') };
}

async function askPage(
  probe: BrowserProbe,
  values: Values,
  { readPage, limitMs }: ProbeContext,
  signal: AbortSignal,
): Promise<Answer> {
  if (!readPage) return failed('there is no browser to open the page with');
  try {
    return { kind: 'value', value: await readPage(filledPage(probe, values), limitMs, signal) };
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return failed(`the page ${fill(probe.page, values)}: ${signal.aborted ? tooSlow(limitMs) : why}`);
  }
}

function filledPage({ page, steps = [], ...rest }: BrowserProbe, values: Values): BrowserProbe {
  const safe = encoded(values);
  const filled = steps.map((step): BrowserStep => {
    if ('goto' in step) return { goto: fill(step.goto, safe) };
    if ('fill' in step)
      return { fill: { field: fill(step.fill.field, values), text: fill(step.fill.text, values) } };
    if ('click' in step) return { click: fill(step.click, values) };
    return 'waitFor' in step ? { waitFor: fill(step.waitFor, values) } : step;
  });
  return { ...rest, page: fill(page, safe), steps: filled };
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

async function select(value: unknown, expression: string | undefined, limitMs: number): Promise<Answer> {
  if (expression === undefined) return { kind: 'value', value };
  // Loaded only where somebody selects: it is a large part of the start-up otherwise.
  const { default: jsonata } = await import('jsonata');
  try {
    const selected: unknown = await jsonata(expression, { timeout: limitMs, stack: 500 }).evaluate(value);
    return { kind: 'value', value: selected };
  } catch (error) {
    return failed(`“select” failed: ${isMessage(error) ? error.message : String(error)}`);
  }
}

const isMessage = (error: unknown): error is { readonly message: string } =>
  typeof error === 'object' && error !== null && 'message' in error;
