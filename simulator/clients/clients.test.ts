/**
 * The simulator before strangers: published SDKs send everything they can send, each in a process of its own and over
 * HTTP, and read everything the simulator sends. Nobody here wrote them, so they know nothing of how it is built.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot, webhookFields } from '../../contracts/catalogue.ts';
import type { JsonObject } from '../core/json.ts';
import { toMetaJson } from '../core/meta-json.ts';
import { liveSecret, playLibrary, type LiveWebhook } from './live-webhooks.test.setup.ts';
import { openStage, type Stage } from './stage.test.setup.ts';

const folder = path.join(packageRoot(), 'simulator/clients');

/** Clients by the file that plays them; those with Meta's host written into them need the preload. */
const clients = [
  { name: 'kapso', hardCoded: false },
  { name: 'whatsapp-api-js', hardCoded: true },
  { name: 'great-detail', hardCoded: false },
  { name: 'microfox', hardCoded: false },
] as const;

beforeAll(() => {
  const copy = path.join(folder, 'node_modules/.package-lock.json');
  const lock = path.join(folder, 'package-lock.json');
  if (existsSync(copy) && statSync(copy).mtimeMs >= statSync(lock).mtimeMs) return;
  // None of the packages needs a script of its own to be installed, so none gets to run one.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['ci', ...options], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
}, 300_000);

/** What one line of `play.mjs` or `receive.mjs` says. */
interface Line {
  readonly call?: string;
  readonly error?: string;
}

async function run(
  args: readonly string[],
  input: string,
  env: Readonly<Record<string, string>> = {},
): Promise<readonly Line[]> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 60_000,
  });
  child.stdin.end(input);
  const output = await text(child.stdout);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

describe.each(clients)('$name', ({ name, hardCoded }) => {
  it('sends everything it supports, and gets no error', async () => {
    const stage: Stage = await openStage(name);
    const preload = hardCoded ? ['--import', '../../dist/runner/drive/redirect.js'] : [];
    const lines = await run([...preload, 'play.mjs', name], JSON.stringify(stage.facts), {
      GRAPH_API_BASE_URL: stage.facts.url,
    });
    const sent = stage.exchanges();
    await stage.close();
    expect(lines.filter(({ error }) => error !== undefined)).toEqual([]);
    expect(lines.length).toBeGreaterThan(15);
    // It was this simulator that answered, and once at least for every call.
    expect(sent).toBeGreaterThanOrEqual(lines.length);
  });

  it('reads every webhook that the contracts show, but for those it is known not to', async () => {
    const deliveries = webhooks();
    const input = deliveries
      .map(({ body }) => JSON.stringify({ body, signature: `sha256=${sign(body)}` }))
      .join('\n');
    const lines = await run(['receive.mjs', name, appSecret], `${input}\n`);
    expect(lines).toHaveLength(deliveries.length);
    const refused = deliveries.filter((_, index) => lines[index]?.error !== undefined);
    const known = rejections[name];
    const isKnown = ({ name: example, field }: (typeof deliveries)[number]): boolean =>
      known !== undefined && (!known.reads.includes(field) || known.butNot.includes(example));
    expect(refused.filter((one) => !isKnown(one)).map(({ name: example }) => example)).toEqual([]);
    expect(refused.length).toBeLessThan(deliveries.length);
  });
});

describe('what the library makes the simulator send', () => {
  let live: readonly LiveWebhook[];
  beforeAll(async () => {
    live = await playLibrary();
  }, 120_000);

  it('has every kind of message and status, and every field', () => {
    const kinds = new Set(live.map(({ kind }) => kind));
    for (const kind of [
      'text',
      'order',
      'interactive',
      'system',
      'edit',
      'revoke',
      'status-played',
      'status-failed',
    ])
      expect(kinds).toContain(`messages ${kind}`);
    expect([...new Set(live.map(({ field }) => field))].sort()).toEqual([...webhookFields()].sort());
  });

  it.each(clients)('$name reads it, but for what it is known not to', async ({ name }) => {
    const input = live.map(({ body, signature }) => JSON.stringify({ body, signature })).join('\n');
    const lines = await run(['receive.mjs', name, liveSecret], `${input}\n`);
    expect(lines).toHaveLength(live.length);
    const known = rejections[name];
    const isKnown = ({ field, kind }: LiveWebhook): boolean =>
      known !== undefined && (!known.reads.includes(field) || known.butNotLive.includes(kind));
    const refused = live.filter((_, index) => lines[index]?.error !== undefined);
    expect([...new Set(refused.filter((one) => !isKnown(one)).map(({ kind }) => kind))]).toEqual([]);
    // What is listed is still refused, so that the list stays short.
    const refusedKinds = new Set(refused.map(({ kind }) => kind));
    expect((known?.butNotLive ?? []).filter((kind) => !refusedKinds.has(kind))).toEqual([]);
  });
});

const appSecret = 'secret';
const sign = (body: string): string => createHmac('sha256', appSecret).update(body).digest('hex');

interface Rejection {
  /** The fields that the parser knows; it throws on every other. */
  readonly reads: readonly string[];
  /** Examples of these that it throws on all the same. */
  readonly butNot: readonly string[];
  /** Kinds that it throws on when they come from a played scenario. */
  readonly butNotLive: readonly string[];
  readonly because: string;
}

const rejections = parse(readFileSync(path.join(folder, 'rejections.yaml'), 'utf8')) as Readonly<
  Record<string, Rejection>
>;

/** Each example of a field's contract, in the body around it. */
function webhooks(): readonly { readonly name: string; readonly field: string; readonly body: string }[] {
  return webhookFields().flatMap((field) => {
    const examples = path.join(packageRoot(), 'contracts/webhooks', field.replaceAll('_', '-'), 'examples');
    return readdirSync(examples)
      .filter((name) => !name.startsWith('broken-'))
      .map((name) => {
        const value = JSON.parse(readFileSync(path.join(examples, name), 'utf8')) as JsonObject;
        const entry = [{ id: '102290129340398', changes: [{ value, field }] }];
        return {
          name: `${field}/${name}`,
          field,
          body: toMetaJson({ object: 'whatsapp_business_account', entry }),
        };
      });
  });
}
