/** Defects are told from the conforming inbox by their conduct alone, and what its probes select is what it shows. */
import { readFileSync } from 'node:fs';
import jsonata from 'jsonata';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { conduct } from './conforming/conduct.ts';
import { defects, loadDefect } from './defect.ts';
import { startSpecimen } from './testing/specimen.ts';
import { echo, text } from './testing/webhooks.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

test.each(defects())('%s takes some decision otherwise, and only decisions that there are', async (name) => {
  const { conduct: changed } = await loadDefect(name);
  expect(Object.keys(changed)).not.toEqual([]);
  for (const [decision, taken] of Object.entries(changed)) {
    expect(Object.keys(conduct)).toContain(decision);
    expect(taken).not.toBe(conduct[decision as keyof typeof conduct]);
  }
});

test('a defect that does not exist is refused by name', async () => {
  await expect(loadDefect('no-such-thing')).rejects.toThrow(/SPECIMEN_DEFECT.*no-such-thing/);
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
    const shown = [{ ...message, edited: false, deleted: false, placeholder: false }];
    expect(await select('conversation', await inbox.conversation())).toEqual(shown);
    expect(await select('connection', await inbox.show('connection'))).toBe('connected');
    expect(await select('contact', { inAddressBook: true, name: 'Ana' })).toEqual({ name: 'Ana' });
    expect(await select('connection', { state: 'offboarded' })).toBe('disconnected');
    const failed = { history: { state: 'failed' }, contacts: { state: 'complete' } };
    expect(await select('sync', failed)).toEqual({ history: 'none', contacts: 'complete' });
    await inbox.close();
  });
});
