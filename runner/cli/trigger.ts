/** `coex trigger`: one webhook now, correctly signed; of a field's examples, or with exactly the bytes of a file. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { webhookExamples, webhookValidator } from '../../contracts/catalogue.ts';
import { suggest } from '../../scenarios/language/suggest.ts';
import { sign } from '../../simulator/index.ts';
import { reasonOf } from '../observe/handshake.ts';
import { hint, Mistake, type MistakeNote } from '../plan/mistake.ts';
import { setPath } from '../plan/set-path.ts';
import { callbackUrl } from './callback-url.ts';
import { loadConfig } from './files.ts';
import type { ExitCode, Io } from './io.ts';

export interface TriggerFlags {
  /** Where it goes; missing: the config's webhook. */
  readonly to?: string;
  readonly appSecret?: string;
  readonly config?: string;
  readonly set: readonly string[];
  /** File whose bytes are the body. */
  readonly body?: string;
  /** Only show what would be sent. */
  readonly print?: boolean;
}

/** How long the receiver may take, milliseconds. */
const limitMs = 10_000;
/** Most of an answer that is shown, characters. */
const shownAnswer = 2_000;

/**
 * @param what - `messages`, or one of its examples: `messages/image`
 * @returns 0 where the receiver took it, 1 where it answered otherwise, 3 where it could not be reached
 */
export async function trigger(what: string | undefined, flags: TriggerFlags, io: Io): Promise<ExitCode> {
  const body = flags.body === undefined ? exampleBody(what, flags, io) : fileBody(flags.body, flags, io);
  if (flags.print === true) {
    io.out.write(`${body.toString('utf8')}\n`);
    return 0;
  }
  const { url, secret } = receiver(flags, io);
  const { sha1, sha256 } = sign(secret, body);
  const startedMs = performance.now();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'facebookexternalua',
        'x-hub-signature': sha1,
        'x-hub-signature-256': sha256,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(limitMs),
    });
    const text = (await response.text()).slice(0, shownAnswer);
    const tookMs = Math.round(performance.now() - startedMs);
    io.out.write(`POST ${url.href} → ${response.status} in ${tookMs} ms${text === '' ? '' : `\n${text}`}\n`);
    return response.ok ? 0 : 1;
  } catch (error) {
    io.err.write(`POST ${url.href}: ${reasonOf(error)}\n`);
    return 3;
  }
}

/** The bytes as they are: a signature is over bytes, not over what they mean. */
function fileBody(file: string, { set }: TriggerFlags, { cwd }: Io): Buffer {
  if (set.length > 0)
    throw new Mistake({
      message: 'A body from a file is sent as it is; --set cannot change it.',
      place: '--set',
    });
  try {
    return readFileSync(path.resolve(cwd, file));
  } catch (error) {
    throw new Mistake({
      message: `It cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      place: file,
    });
  }
}

function exampleBody(what: string | undefined, { set }: TriggerFlags, io: Io): Buffer {
  const { field, value } = exampleOf(what);
  for (const assignment of set) setPath(value, assignment);
  const findings = webhookValidator(field)(value);
  if (findings.length > 0)
    io.err.write(
      `Unlike anything that WhatsApp sends, and sent all the same:\n${findings.map(({ pointer, message }) => `  ${pointer || '/'} ${message}\n`).join('')}`,
    );
  const nowSeconds = Math.floor(io.nowMs() / 1_000);
  const entry = { id: '102290129340398', time: nowSeconds, changes: [{ value, field }] };
  return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry: [entry] }));
}

/** What most webhooks of a field look like. */
const usualExamples: readonly string[] = ['text', 'chunk', 'add'];

function exampleOf(what: string | undefined): { readonly field: string; readonly value: unknown } {
  const all = webhookExamples();
  const names = all.map(({ field, name }) => `${field}/${name}`);
  if (what === undefined)
    throw new Mistake({ message: 'Which webhook?', hint: `One of:\n${names.join('\n')}` });
  const ofField = all.filter(({ field }) => field === what);
  const found =
    all.find(({ field, name }) => `${field}/${name}` === what) ??
    ofField.find(({ name }) => usualExamples.includes(name)) ??
    ofField[0];
  if (found) return { field: found.field, value: found.read() };
  throw new Mistake({
    message: `There is no webhook “${what}”.`,
    ...hint(
      suggest(what, [...names, ...new Set(all.map(({ field }) => field))]) ??
        'coex trigger without a name lists them.',
    ),
  });
}

interface Receiver {
  readonly url: URL;
  readonly secret: string;
}

/** From the flags, else from the config, else the secret from the environment. */
function receiver({ to, appSecret, config: file }: TriggerFlags, io: Io): Receiver {
  const hasConfig = file !== undefined || existsSync(path.resolve(io.cwd, 'coex.config.yaml'));
  const config =
    hasConfig && (to === undefined || appSecret === undefined) ? loadConfig(file, io) : undefined;
  const webhook = to ?? config?.sut.webhook;
  const secret = appSecret ?? config?.sut.appSecret ?? io.env['WHATSAPP_APP_SECRET'];
  const notes: MistakeNote[] = [];
  if (webhook === undefined)
    notes.push({
      message: 'Where does it go?',
      place: '--to',
      hint: 'Write --to http://127.0.0.1:3000/webhook, or name a config with --config.',
    });
  else if (webhook.includes('{port}') && typeof config?.sut.port !== 'number')
    notes.push({
      message: 'The port of the system is chosen anew for each run.',
      place: config?.place('sut', 'webhook') ?? '--to',
      hint: 'Start the system, and write --to http://127.0.0.1:PORT/…',
    });
  if (secret === undefined)
    notes.push({
      message: 'What is it signed with?',
      place: '--app-secret',
      hint: 'Write --app-secret SECRET, or set WHATSAPP_APP_SECRET.',
    });
  if (notes.length > 0 || webhook === undefined || secret === undefined) throw new Mistake(notes);
  return { url: callbackUrl(webhook.replace('{port}', String(config?.sut.port ?? '')), '--to'), secret };
}
