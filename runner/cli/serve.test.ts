/** `coex serve` as a process of its own: its data outlive a kill, its console runs scenarios, and it ends when told to. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../contracts/catalogue.ts';
import { launch, newContext, openConsole, picture } from '../../simulator/console/console.test.setup.ts';

const root = packageRoot();
let folder: string;
let running: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'coex-serve-'));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((child) => end(child, 'SIGKILL')));
  rmSync(folder, { recursive: true, force: true });
});

interface Served {
  readonly url: string;
  readonly child: ChildProcess;
  readonly environment: Readonly<Record<string, string>>;
}

/** Starts it and waits until it says that it is ready. */
async function serve(...flags: readonly string[]): Promise<Served> {
  const child = spawn(
    process.execPath,
    [path.join(root, 'dist/runner/cli/main.js'), 'serve', '--port', '0', ...flags],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.push(child);
  let out = '';
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`exit ${code}: ${err}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (/^ready /m.test(out)) resolve();
    });
  });
  const environment = Object.fromEntries(
    [...out.matchAll(/^ {2}([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
  ) as Record<string, string>;
  return { url: /^ready (\S+)/m.exec(out)?.[1] ?? '', child, environment };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(signal);
  return ended;
}

/** Sends a message by the Graph; resolves to its id once that was acknowledged. */
async function send({ url, environment }: Served, text: string): Promise<string> {
  const response = await fetch(`${url}/v23.0/${environment['COEX_PHONE_NUMBER_ID']}/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${environment['WHATSAPP_TOKEN']}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      messaging_product: 'whatsapp',
      to: '15550109999',
      type: 'text',
      text: { body: text },
    }),
  });
  const { messages } = (await response.json()) as { messages?: [{ id: string }] };
  if (!messages) throw new Error(`Not acknowledged: ${response.status}`);
  return messages[0].id;
}

interface Journal {
  readonly exchanges: readonly {
    readonly answer: { readonly messages?: readonly { readonly id: string }[] };
  }[];
}

const steps = (served: Served, ...written: readonly object[]): Promise<Response> =>
  fetch(`${served.url}/_coex/worlds/default/steps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ steps: written }),
  });

describe('data in a folder', () => {
  it('are all there after a kill in the middle of a thousand writes', async () => {
    const first = await serve('--data', folder);
    const acknowledged: string[] = [];
    let isKilled = false;
    const write = async (writer: number): Promise<void> => {
      for (let count = 0; count < 125; count += 1) {
        try {
          acknowledged.push(await send(first, `${writer}-${count}`));
        } catch {
          // The throughput of the number, or the kill: not acknowledged, so nothing is owed.
          if (isKilled) return;
        }
        // In the middle of it, as far as can be said: what is under way then gets no answer.
        if (acknowledged.length >= 20 && !isKilled) {
          isKilled = true;
          first.child.kill('SIGKILL');
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
    await end(first.child, 'SIGKILL');
    const second = await serve('--data', folder);
    expect(second.environment).toEqual({ ...first.environment, GRAPH_API_BASE_URL: second.url });
    const journal = (await (await fetch(`${second.url}/_coex/worlds/default/journal`)).json()) as Journal;
    const kept = new Set(
      journal.exchanges.flatMap(({ answer }) => answer.messages?.map(({ id }) => id) ?? []),
    );
    expect(acknowledged.length).toBeGreaterThanOrEqual(20);
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  });

  it('are those of hands, too: a thousand messages of a customer, a chat, a clock, a second number', async () => {
    const first = await serve('--data', folder);
    const texts = Array.from({ length: 1_000 }, (_, count) => `message ${count}`);
    let acknowledged = 0;
    const writing = (async () => {
      for (let start = 0; start < texts.length; start += 20) {
        const written = texts
          .slice(start, start + 20)
          .map((text) => ({ 'customer.sends': { from: 'ana', text, meanwhile: true } }));
        const response = await steps(first, ...written).catch(() => undefined);
        if (response?.ok !== true) return;
        acknowledged = start + 20;
        if (acknowledged === 600) first.child.kill('SIGKILL');
      }
    })();
    await writing;
    await end(first.child, 'SIGKILL');
    const second = await serve('--data', folder);
    const { chats } = (await (await fetch(`${second.url}/_coex/worlds/default/chats`)).json()) as {
      chats: { messages: { text: string }[] }[];
    };
    const kept = chats[0]?.messages.map(({ text }) => text) ?? [];
    expect(acknowledged).toBeGreaterThanOrEqual(600);
    expect(kept).toContain(`message ${acknowledged - 1}`);
    // The phone shows the newest 500.
    expect(kept.slice(-400)).toEqual(
      texts.slice(kept.length > 0 ? Number(kept.at(-400)?.split(' ')[1]) : 0).slice(0, 400),
    );
    await steps(second, { 'time.passes': '3d' });
    const opened = await fetch(`${second.url}/_coex/worlds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'second' }),
    });
    expect(opened.status).toBe(201);
    const before = (await (await fetch(`${second.url}/_coex/worlds`)).json()) as {
      worlds: { nowMs: number }[];
    };
    await end(second.child, 'SIGKILL');
    const third = await serve('--data', folder);
    const after = (await (await fetch(`${third.url}/_coex/worlds`)).json()) as {
      worlds: { name: string; nowMs: number }[];
    };
    expect(after.worlds.map(({ name }) => name)).toEqual(['default', 'second']);
    expect(after.worlds[0]!.nowMs).toBeGreaterThanOrEqual(before.worlds[0]!.nowMs);
  });

  it.each([
    [['--app-secret', 'another'], 'was begun with another --app-secret'],
    [['--seed', 'another'], 'was begun with another --seed'],
  ])('are not given to somebody else: %j', async (flags, message) => {
    const first = await serve('--data', folder);
    await end(first.child, 'SIGTERM');
    await expect(serve('--data', folder, ...flags)).rejects.toThrow(message);
  });

  it('are for one simulator at a time', async () => {
    const first = await serve('--data', folder);
    await expect(serve('--data', folder)).rejects.toThrow(
      `used by another simulator (process ${first.child.pid})`,
    );
  });
});

describe('the console of a served system', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  }, 600_000);
  afterAll(() => browser.close());

  const title = 'What the owner types on the phone is not answered by the bot';

  it('runs a scenario, steps through another, and ends with everything when told to', async () => {
    const served = await serve('--config', 'runner/specimens/conforming/coex.config.yaml');
    const errors: string[] = [];
    const context = await newContext(browser, errors);
    const { page, view } = await openConsole(context, served);
    await view('Scenarios');
    await page.getByLabel('Search', { exact: true }).fill('echoes/an-echo-is-not-answered');
    await page.getByRole('button', { name: `Run: ${title}` }).click();
    await page.getByText('ended').waitFor({ timeout: 20_000 });
    const verdicts = page.getByRole('list', { name: 'Verdicts' });
    expect(await verdicts.textContent()).toBe('kept echo-is-not-answered');
    await picture(page, 'scenarios-run');
    await page.getByRole('button', { name: `Step by step: ${title}` }).click();
    await page.getByText('waits for you').waitFor();
    const list = page.locator('.step');
    expect(await list.first().textContent()).toContain('to come');
    await page.getByRole('button', { name: 'Next step' }).click();
    await list.first().getByText('done').waitFor();
    await page.getByText('waits for you').waitFor();
    await picture(page, 'scenarios-step');
    await page.getByRole('button', { name: 'All the rest' }).click();
    await page.getByText('ended').waitFor({ timeout: 20_000 });
    expect(await list.last().textContent()).toContain('kept');
    // The page is still open, and its stream with it.
    expect(await end(served.child, 'SIGINT')).toBe(0);
    await context.close();
    expect(errors).toEqual([]);
  });

  it('shows what was broken, and by what', async () => {
    const config = readFileSync(
      path.join(root, 'runner/specimens/conforming/coex.config.yaml'),
      'utf8',
    ).replace('cwd: ../../..', `cwd: ${root}\n  env: { SPECIMEN_DEFECT: echo-is-not-answered }`);
    writeFileSync(path.join(folder, 'coex.config.yaml'), config);
    const served = await serve('--config', path.join(folder, 'coex.config.yaml'));
    const context = await newContext(browser, []);
    const { page, view } = await openConsole(context, served);
    await view('Scenarios');
    await page.getByRole('button', { name: `Run: ${title}` }).click();
    await page.getByText('ended').waitFor({ timeout: 20_000 });
    const verdicts = page.getByRole('list', { name: 'Verdicts' });
    expect(await verdicts.textContent()).toMatch(/^broken echo-is-not-answeredExpected no messages/);
    await page.locator('.step.broken').getByText('there was one').waitFor();
    await context.close();
  });

  it('has only scenarios that there are', async () => {
    const served = await serve('--config', 'runner/specimens/conforming/coex.config.yaml');
    const response = await fetch(`${served.url}/_coex/runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ scenario: 'nowhere' }),
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: 'There is no scenario “nowhere”.' },
    ]);
  });
});
