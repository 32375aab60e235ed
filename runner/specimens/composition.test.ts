import { existsSync, readdirSync, readFileSync } from 'node:fs';
import jsonata from 'jsonata';
import { describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { conduct as right, type Conduct } from './conforming/conduct.ts';
import { checks } from './testing/checks.ts';
import { startSpecimen } from './testing/specimen.ts';
import { echo, text } from './testing/webhooks.ts';

const started = vi.hoisted((): { conduct?: unknown } => ({}));
vi.mock('./conforming/start.ts', () => ({
  start: (conduct: unknown) => {
    started.conduct = conduct;
  },
}));

const here = new URL('.', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, here), 'utf8');
const obligations = readdirSync(new URL('../../contracts/obligations', here))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''));
const broken = readdirSync(here)
  .filter((folder) => folder.startsWith('breaks-'))
  .map((folder) => folder.replace('breaks-', ''));

async function conductOf(obligation: string): Promise<Conduct> {
  await import(`./breaks-${obligation}/main.ts`);
  return started.conduct as Conduct;
}

/** One after another: some look at how much time passes. */
async function brokenBy(conduct: Conduct): Promise<string[]> {
  const found: string[] = [];
  for (const [obligation, check] of Object.entries(checks)) {
    const specimen = await startSpecimen(conduct, { firstRetryMs: 200 });
    if (!(await check(specimen))) found.push(obligation);
    await specimen.close();
  }
  return found;
}

test('there is a specimen and a check for each obligation, and for nothing else', () => {
  expect(broken.toSorted()).toEqual(obligations.toSorted());
  expect(Object.keys(checks).toSorted()).toEqual(obligations.toSorted());
});

test('the conforming inbox breaks nothing', async () => {
  expect(await brokenBy(right)).toEqual([]);
});

describe.each(broken)('breaks-%s', (obligation) => {
  test('differs from the conforming inbox in its conduct alone', () => {
    const config = (folder: string): unknown => parse(read(`${folder}/coex.config.yaml`));
    const own = read(`breaks-${obligation}/coex.config.yaml`).replace(`breaks-${obligation}`, 'conforming');
    expect(parse(own)).toEqual(config('conforming'));
    expect(existsSync(new URL(`breaks-${obligation}/main.ts`, here))).toBe(true);
  });

  test('breaks its obligation and nothing else', async () => {
    expect(await brokenBy(await conductOf(obligation))).toEqual([obligation]);
  });
});

describe('the probes select', () => {
  const { probes } = parse(read('conforming/coex.config.yaml')) as {
    readonly probes: Readonly<Record<string, { readonly select: string }>>;
  };
  const select = async (probe: string, shown: unknown): Promise<unknown> =>
    JSON.parse(JSON.stringify((await jsonata(probes[probe]?.select ?? '').evaluate(shown)) ?? null));

  test('what the inbox shows', async () => {
    const inbox = await startSpecimen();
    expect(await select('conversation', await inbox.conversation())).toEqual([]);
    expect(await select('connection', await inbox.show('connection'))).toBe(null);
    expect(await select('contact', await inbox.contact())).toBe(null);
    expect(await select('sync', await inbox.show('sync'))).toEqual({ history: 'none', contacts: 'none' });
    await inbox.receive(echo(text('wamid.1', 'hi', { timestamp: '1790000000' })));
    const message = { id: 'wamid.1', author: 'phone', text: 'hi', timestamp: 1790000000 };
    const shown = [{ ...message, edited: false, deleted: false }];
    expect(await select('conversation', await inbox.conversation())).toEqual(shown);
    expect(await select('connection', await inbox.show('connection'))).toBe('connected');
    expect(await select('contact', { inAddressBook: true, name: 'Ana' })).toEqual({ name: 'Ana' });
    expect(await select('connection', { state: 'offboarded' })).toBe('disconnected');
    const failed = { history: { state: 'failed' }, contacts: { state: 'complete' } };
    expect(await select('sync', failed)).toEqual({ history: 'none', contacts: 'complete' });
    await inbox.close();
  });
});
