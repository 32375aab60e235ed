/** Single things by hand: a simulator around a command, one webhook, one exchange again. */
import { spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../contracts/catalogue.ts';
import { folderWith, isRunning } from './program.test.setup.ts';

const program = path.join(packageRoot(), 'dist/runner/cli/main.js');
const coex = (args: readonly string[], cwd = packageRoot()) =>
  spawnSync(process.execPath, [program, ...args], { cwd, encoding: 'utf8', timeout: 30_000 });

describe('coex exec', () => {
  const script = (text: string) => ['exec', '--', process.execPath, '--input-type=module', '-e', text];

  test('gives a command a simulator with a number, and ends with its exit code', () => {
    const { stdout, status } = coex(
      script(`
        const { GRAPH_API_BASE_URL: graph, WHATSAPP_TOKEN: token, COEX_PHONE_NUMBER_ID: id, COEX_CUSTOMER: to } = process.env;
        const response = await fetch(graph + '/v23.0/' + id + '/messages', {
          method: 'POST',
          headers: { authorization: 'Bearer ' + token, 'content-type': 'application/json' },
          body: JSON.stringify({ messaging_product: 'whatsapp', to, type: 'text', text: { body: 'Oi' } }),
        });
        const { exchanges } = await (await fetch(process.env.COEX_CONTROL_URL + '/journal')).json();
        console.log(response.status, exchanges.length, exchanges[0].edge);
        process.exit(7);
      `),
    );
    expect(stdout).toBe('200 1 messages\n');
    expect(status).toBe(7);
  });

  test('leaves nothing running, whatever the command left behind', () => {
    const { stdout, status } = coex(
      script(`
        import { spawn } from 'node:child_process';
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
        console.log(child.pid, process.env.GRAPH_API_BASE_URL);
        process.exit();
      `),
    );
    const [pid, url] = stdout.trim().split(' ');
    expect(status).toBe(0);
    expect(isRunning(Number(pid))).toBe(false);
    expect(coex(script(`await fetch('${url ?? ''}')`)).status).toBe(1);
  });

  test('a signal ends the command, and is its exit code', async () => {
    const child = spawn(process.execPath, [
      program,
      ...script('console.log(process.pid); setInterval(() => {}, 1000)'),
    ]);
    let out = '';
    child.stdout.on('data', (part: Buffer) => (out += part.toString()));
    await expect.poll(() => out, { timeout: 10_000 }).toMatch(/^\d+\n/);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(143);
    expect(isRunning(Number(out))).toBe(false);
  });

  test.each([
    [['exec'], /Which command\?\n.*coex exec -- npm test/],
    [['exec', '--', 'no-such-program'], /There is no program “no-such-program”.*\n.*without a shell/],
    [['exec', '--callback', 'x', '--', 'true'], /--callback: “x” is no URL/],
  ])('%j is told', (args, message) => {
    const { stderr, status } = coex(args);
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
  });
});

describe('coex trigger', () => {
  const secret = 'an app secret';
  const received: { readonly body: string; readonly signature: unknown }[] = [];
  let status = 200;
  let receiver: Server;
  let to: string;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        received.push({ body, signature: request.headers['x-hub-signature-256'] });
        response.writeHead(status).end('taken');
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => receiver.once('listening', resolve));
    to = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhook`;
  });
  afterAll(() => receiver.close());

  const last = () => received.at(-1) ?? { body: '', signature: '' };
  const signed = (body: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

  test('one webhook, signed, with what is set', async () => {
    const folder = folderWith({});
    const { out, exitCode } = await folder.coex([
      ...['trigger', 'messages', '--to', to, '--app-secret', secret],
      ...['--set', 'messages.0.text.body=Olá', '--set', 'contacts.0.profile={"name":"Rui"}'],
    ]);
    expect(out).toMatch(/POST http:\S+ → 200 in \d+ ms\ntaken/);
    expect(exitCode).toBe(0);
    const { body, signature } = last();
    const [change] = (JSON.parse(body) as { entry: { changes: object[] }[] }).entry[0]?.changes ?? [];
    expect(change).toMatchObject({
      field: 'messages',
      value: { messages: [{ text: { body: 'Olá' } }], contacts: [{ profile: { name: 'Rui' } }] },
    });
    expect(signature).toBe(signed(body));
  });

  test('exactly the bytes of a file, however odd', async () => {
    const bytes = '{ "object" :"x",\n  "text": "\\u00e9 é" }\n\n';
    const folder = folderWith({ 'body.json': bytes });
    await folder.coex(['trigger', '--body', 'body.json', '--to', to, '--app-secret', secret]);
    expect(last()).toEqual({ body: bytes, signature: signed(bytes) });
  });

  test('where and with what: from the config', async () => {
    const sut = `sut: { webhook: "${to}", appSecret: ${JSON.stringify(secret)} }`;
    const { exitCode } = await folderWith({ 'coex.config.yaml': sut }).coex(['trigger', 'history']);
    expect(exitCode).toBe(0);
    expect(last().body).toContain('"field":"history"');
    expect(last().signature).toBe(signed(last().body));
  });

  test('a refusal is 1, nobody there is 3', async () => {
    const folder = folderWith({});
    status = 403;
    expect((await folder.coex(['trigger', 'messages', '--to', to, '--app-secret', secret])).exitCode).toBe(1);
    status = 200;
    const nobody = await folder.coex([
      'trigger',
      'messages',
      '--to',
      'http://127.0.0.1:3/',
      '--app-secret',
      's',
    ]);
    expect(nobody.err).toContain('ECONNREFUSED');
    expect(nobody.exitCode).toBe(3);
  });

  test('what WhatsApp would never send is sent, and said', async () => {
    const args = [
      'trigger',
      'messages/text',
      '--set',
      'messages.0.timestamp=12',
      '--to',
      to,
      '--app-secret',
      secret,
    ];
    const { err, exitCode } = await folderWith({}).coex(args);
    expect(err).toMatch(/Unlike anything that WhatsApp sends[\s\S]*timestamp/);
    expect(exitCode).toBe(0);
  });

  test.each([
    [['mesages'], /There is no webhook “mesages”.*\n.*messages/],
    [['messages/texxt'], /messages\/text/],
    [['messages', '--set', 'messages.0.txet.body=a'], /There is no “messages\.0\.txet” in it.*\n.*text/],
    [['messages', '--set', 'messages.9.text=a'], /is a list of 1; “9” is no position/],
    [['messages', '--set', 'a'], /“a” is no path=value/],
    [['messages', '--set', 'messages.0.type.x.y=a'], /“messages\.0\.type” has no parts/],
    [['messages'], /--to: Where does it go\?[\s\S]*--app-secret: What is it signed with\?/],
    [['--body', 'none.json'], /none\.json: It cannot be read/],
    [[], /Which webhook\?[\s\S]*messages\/voice-note/],
  ])('%j is told', async (args, message) => {
    const { err, exitCode } = await folderWith({}).coex(['trigger', ...args], undefined, {});
    expect(err).toMatch(message);
    expect(exitCode).toBe(2);
  });

  test('resend: an exchange of a running simulator once more, the same bytes', async () => {
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const folder = folderWith({});
    const serving = folder.coex(['serve', '--port', '0', '--callback', to, '--app-secret', secret], stopped);
    await expect.poll(() => folder.output(), { timeout: 10_000 }).toContain('ready http');
    const url = /ready (\S+)/.exec(folder.output())?.[1] ?? '';
    await fetch(`${url}/_coex/worlds/default/steps`, {
      method: 'POST',
      headers: { 'content-type': 'text/yaml' },
      body: 'steps: [{ customer.sends: { from: ana, text: Oi } }]',
    });
    const first = last();
    const { exchanges } = (await (await fetch(`${url}/_coex/worlds/default/journal`)).json()) as {
      exchanges: { number: number; field?: string }[];
    };
    const number = exchanges.find(({ field }) => field === 'messages')?.number ?? 0;
    const { out, exitCode } = await folder.coex(['resend', String(number), '--at', url]);
    expect(out).toMatch(/Sent again as exchange \d+: 200\./);
    expect(exitCode).toBe(0);
    await wait(50);
    expect(received.filter(({ body }) => body === first.body)).toHaveLength(2);
    const none = await folder.coex(['resend', '999', '--at', url]);
    expect(none.err).toContain('exchange 999: Exchange 999 is not kept any more.');
    stop();
    await serving;
    const nobody = await folder.coex(['resend', '1', '--at', url]);
    expect(nobody.err).toMatch(/There is no simulator at http:\S+: (ECONNREFUSED|UND_ERR_SOCKET)/);
    expect(nobody.exitCode).toBe(3);
  });
});

test('shell completion: commands, and the flags of each', () => {
  expect(coex(['complete', 'bash']).stdout).toContain('complete');
  const suggested = (...words: readonly string[]) =>
    coex(['complete', '--', ...words])
      .stdout.split('\n')
      .map((line) => line.split('\t')[0]);
  expect(suggested('ce')).toContain('certify');
  expect(suggested('run', '--up')).toContain('--update-baseline');
  expect(coex(['complete']).status).toBe(2);
});
