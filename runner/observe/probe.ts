/**
 * Asks the system under test what it shows: an HTTP GET or a command of the user's config, then JSONata over the JSON.
 *
 * Never throws for what the other side does: each answer is a value, a 404, or a failure with its reason.
 */
import { spawn } from 'node:child_process';
import type { Probe } from '../plan/config.ts';
import type { Answer } from '../judge/tape.ts';
import { fill, type Values } from '../plan/placeholders.ts';
import { reasonOf } from './handshake.ts';

/** How long one look may take, and how much it may answer. */
const probeLimitMs = 5_000;
const probeLimitBytes = 1_048_576;

/**
 * @param folder - where commands run: the folder of the config
 * @param signal - ends the look early
 */
export async function askProbe(
  probe: Probe,
  values: Values,
  folder: string,
  signal: AbortSignal,
): Promise<Answer> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(probeLimitMs)]);
  const answer =
    'http' in probe
      ? await askHttp(probe, values, limit)
      : await askCommand(fill(probe.command, values), folder, limit);
  signal.throwIfAborted();
  if (answer.kind !== 'text') return answer;
  const parsed = parseJson(answer.text);
  if (!parsed) return failed(`it answered no JSON: ${answer.text.slice(0, 200)}`);
  return select(parsed.value, probe.select);
}

type Text = { readonly kind: 'text'; readonly text: string } | Exclude<Answer, { kind: 'value' }>;

const failed = (reason: string): Extract<Answer, { kind: 'failed' }> => ({ kind: 'failed', reason });
const tooLarge = failed(`it answered more than ${probeLimitBytes / 1_048_576} MB`);
const tooSlow = `it did not answer within ${probeLimitMs / 1_000} s`;

async function askHttp(
  { http, headers = {} }: Extract<Probe, { http: string }>,
  values: Values,
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
    return failed(`GET ${url}: ${isTimeout ? tooSlow : reasonOf(error)}`);
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
    if (bytes > probeLimitBytes) return tooLarge;
  }
  return { kind: 'text', text: Buffer.concat(parts).toString('utf8') };
}

function askCommand(command: string, folder: string, signal: AbortSignal): Promise<Text> {
  return new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    let bytes = 0;
    let complaint = '';
    const end = (answer: Text): void => {
      signal.removeEventListener('abort', tooLate);
      if (child.pid !== undefined) killGroup(child.pid);
      resolve(answer);
    };
    const tooLate = (): void => end(failed(`the command: ${tooSlow}`));
    signal.addEventListener('abort', tooLate, { once: true });
    child.stdout.on('data', (part: Buffer) => {
      out.push(part);
      bytes += part.length;
      if (bytes > probeLimitBytes) end(tooLarge);
    });
    child.stderr.on('data', (part: Buffer) => (complaint = (complaint + part.toString()).slice(-500)));
    child.on('error', (error) => end(failed(`the command: ${error.message}`)));
    child.on('close', (code) => {
      const text = Buffer.concat(out).toString('utf8');
      end(
        code === 0
          ? { kind: 'text', text }
          : failed(`the command ended with ${code ?? 'a signal'}: ${complaint}`),
      );
    });
  });
}

/** A command may have started others; its whole group ends with it. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

async function select(value: unknown, expression: string | undefined): Promise<Answer> {
  if (expression === undefined) return { kind: 'value', value };
  // Loaded only where somebody selects: it is a large part of the start-up otherwise.
  const { default: jsonata } = await import('jsonata');
  try {
    const selected: unknown = await jsonata(expression, { timeout: probeLimitMs, stack: 500 }).evaluate(
      value,
    );
    return { kind: 'value', value: selected };
  } catch (error) {
    return failed(`“select” failed: ${isMessage(error) ? error.message : String(error)}`);
  }
}

const isMessage = (error: unknown): error is { readonly message: string } =>
  typeof error === 'object' && error !== null && 'message' in error;
