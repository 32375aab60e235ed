/** A set-up that is new, and set-ups that are wrong: each in a folder of its own, with a real system. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fixture, folderWith, isRunning } from './program.test.setup.ts';

describe('coex init', () => {
  test('in an empty folder: a bot to begin with, and a run that is green', async () => {
    const folder = folderWith({});
    const { out, exitCode } = await folder.coex(['init']);
    expect(out).toContain(
      '  coex.config.yaml\n  coex/scenarios/a-customer-is-answered.yaml\n  coex/bot.mjs\n',
    );
    expect(out).toContain('✓ handshake with the right verify token: answered 200 with the challenge');
    expect(exitCode).toBe(0);
    const run = await folder.coex(['run']);
    expect(run.out).toContain('1 scenario · 2 obligations: 2 kept');
    expect(run.exitCode).toBe(0);
    expect(parse(folder.read('.github/workflows/coex.yml'))).toMatchObject({ jobs: { coexistence: {} } });
    expect((await folder.coex(['explain', 'config'])).out).toMatch(/^sut: .*\n {2}command: /);
  });

  test('beside a system: what is given is written, and what was not asked for is not overwritten', async () => {
    const folder = folderWith({ '.gitlab-ci.yml': 'mine: {}\n' });
    const args = [
      'init',
      '--command',
      `'${process.execPath}' '${fixture}'`,
      '--profile',
      'receiver',
      '--numbers',
      'one',
    ];
    const { out, exitCode } = await folder.coex([...args, '--ready', 'http://127.0.0.1:{port}/health']);
    expect(out).toContain('coex.gitlab-ci.yml');
    expect(exitCode).toBe(0);
    expect(folder.read('.gitlab-ci.yml')).toBe('mine: {}\n');
    expect(parse(folder.read('coex.config.yaml'))).toMatchObject({
      sut: { port: 'auto', numbers: 'one', ready: 'http://127.0.0.1:{port}/health' },
      profiles: ['receiver'],
    });
    expect(existsSync(path.join(folder.cwd, 'coex/bot.mjs'))).toBe(false);
    expect(folder.read('coex/scenarios/a-customer-is-answered.yaml')).toContain('expect.refused');
    const again = await folder.coex(args);
    expect(again.err).toContain('coex.config.yaml: There is one already.');
    expect(again.exitCode).toBe(2);
    expect((await folder.coex([...args, '--force', '--no-check'])).exitCode).toBe(0);
  });

  test('a system that runs already, with secrets of its own: they are not written down', async () => {
    const folder = folderWith({});
    const server = createServer((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://localhost');
      const right = searchParams.get('hub.verify_token') === 'my token';
      response.writeHead(right ? 200 : 403).end(right ? searchParams.get('hub.challenge') : '');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const { exitCode } = await folder.coex([
      'init',
      '--webhook',
      webhook,
      '--verify-token',
      'my token',
      '--app-secret',
      's3cret',
    ]);
    server.close();
    expect(exitCode).toBe(0);
    const text = folder.read('coex.config.yaml');
    expect(text).toContain('appSecret: ${WHATSAPP_APP_SECRET}');
    expect(text).not.toContain('my token');
    expect(text).not.toContain('s3cret');
  });

  test('a start script is what is started; a system that does not come up is told, and the files are there', async () => {
    const folder = folderWith({ 'package.json': '{"scripts":{"start":"echo no database; exit 3"}}' });
    const { out, exitCode } = await folder.coex(['init', '--ci', 'none']);
    expect(out).toContain('ended with exit code 3 before it was ready');
    expect(out).toContain('no database');
    expect(exitCode).toBe(3);
    expect(folder.read('coex.config.yaml')).toContain('command: "npm start"');
  });

  test.each([
    [['--webhook', 'localhost'], /--webhook: “localhost” is no URL/],
    [['--profile', 'recever'], /--profile: “recever” is none of .*\n.*receiver/],
    [['--ci', 'jenkins'], /--ci: “jenkins” is none of github, gitlab, none/],
    [['--reach', 'proxi'], /--reach: .*\n.*proxy/],
  ])('%j is told', async (args, message) => {
    const { err, exitCode } = await folderWith({}).coex(['init', ...args]);
    expect(err).toMatch(message);
    expect(exitCode).toBe(2);
  });
});

/** A system of a few lines, wrong in one way. */
const system = (handle: string, more = '') => `
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
const { PORT, GRAPH_API_BASE_URL, WHATSAPP_TOKEN, WHATSAPP_VERIFY_TOKEN, WHATSAPP_APP_SECRET } = process.env;
const reply = (base, value) => value.messages && fetch(base + '/v23.0/' + value.metadata.phone_number_id + '/messages', {
  method: 'POST',
  headers: { authorization: 'Bearer ' + WHATSAPP_TOKEN, 'content-type': 'application/json' },
  body: JSON.stringify({ messaging_product: 'whatsapp', to: value.messages[0].from, type: 'text', text: { body: 'Hi' } }),
}).catch(() => {});
createServer((request, response) => {
  const url = new URL(request.url, 'http://x');
  let body = '';
  request.on('data', (part) => (body += part));
  request.on('end', () => {
    const token = url.searchParams.get('hub.verify_token');
    const challenge = url.searchParams.get('hub.challenge') ?? '';
    const signed = request.headers['x-hub-signature-256'] === 'sha256=' + createHmac('sha256', WHATSAPP_APP_SECRET).update(body).digest('hex');
    const value = body && JSON.parse(body).entry[0]?.changes[0].value;
    ${handle}
  });
}).listen(Number(PORT), '127.0.0.1');
${more}`;

const shakes = `if (request.method === 'GET') return response.writeHead(token === WHATSAPP_VERIFY_TOKEN ? 200 : 403).end(token === WHATSAPP_VERIFY_TOKEN ? challenge : '');`;
const refuses = `if (!signed) return response.writeHead(401).end('bad signature');`;
const answers = `response.end(); if (value) reply(GRAPH_API_BASE_URL, value);`;
const good = `${shakes}${refuses}${answers}`;

const config = (more = '') => `sut:
  command: "'${process.execPath}' bot.mjs"
  port: auto
  webhook: http://127.0.0.1:{port}/webhook
${more}`;

async function examine(bot: string, more?: string) {
  const folder = folderWith({
    'bot.mjs': `${bot}\nimport { writeFileSync } from 'node:fs'; writeFileSync('pids', String(process.pid));`,
    'coex.config.yaml': config(more),
  });
  const result = await folder.coex(['doctor']);
  expect(folder.pids().filter(isRunning)).toEqual([]);
  return result;
}

describe('coex doctor', () => {
  test('finds nothing where nothing is wrong', async () => {
    const { out, exitCode } = await examine(system(good));
    expect(out).toContain('All is well: coex run can begin.');
    expect(out).toMatch(/✓ calls of the Graph: POST \S+messages after a customer's message, answered 200/);
    expect(out).not.toMatch(/[✗?] /);
    expect(exitCode).toBe(0);
  });

  test.each<[string, string, string | undefined, RegExp]>([
    [
      'a challenge in JSON',
      system(good.replace(/\? challenge :/, '? JSON.stringify({ challenge }) :')),
      undefined,
      /✗ handshake with the right[\s\S]*Answer the challenge alone/,
    ],
    [
      'another verify token',
      system(good.replaceAll('WHATSAPP_VERIFY_TOKEN ?', '"mine" ?')),
      undefined,
      /✗ handshake with the right verify token: answered 403[\s\S]*It knows another verify token/,
    ],
    [
      'another path',
      system(`if (url.pathname !== '/hook') return response.writeHead(404).end(); ${good}`),
      undefined,
      /✗ handshake with the right verify token: answered 404[\s\S]*Nothing listens at that path/,
    ],
    [
      'any verify token',
      system(good.replaceAll('token === WHATSAPP_VERIFY_TOKEN', 'true')),
      undefined,
      /✗ handshake with a wrong verify token: answered 200/,
    ],
    [
      'another secret',
      system(good.replace('!signed', 'signed || body')),
      undefined,
      /✗ a signed webhook: answered 401: bad signature[\s\S]*over the raw bytes/,
    ],
    [
      'no signature at all',
      system(`${shakes}${answers}`),
      undefined,
      /✗ a webhook without a signature: taken with 200/,
    ],
    [
      'nothing that calls the Graph',
      system(`${shakes}${refuses} response.end();`),
      undefined,
      /\? calls of the Graph: none within 5 s[\s\S]*GRAPH_API_BASE_URL/,
    ],
    [
      "Meta's host written into it",
      system(
        good.replace('reply(GRAPH_API_BASE_URL, value)', 'reply("https://graph.facebook.com:1", value)'),
      ),
      undefined,
      /✗ calls of the Graph: .*Meta's host is written into bot\.mjs:\d+[\s\S]*reach: redirect/,
    ],
    [
      'a clock that is slow',
      system(`response.setHeader('date', new Date(Date.now() - 600_000).toUTCString()); ${good}`),
      undefined,
      /✗ clock of the system: 10 min behind ours[\s\S]*NTP/,
    ],
    [
      'a probe that fails',
      system(good),
      'probes: { conversation: { command: "echo broken; exit 1" }, contact: { http: "http://127.0.0.1:{port}/contact" } }',
      /✗ probe “conversation”: the command ended with 1[\s\S]*✗ probe “contact”/,
    ],
  ])(
    '%s',
    async (_what, bot, more, told) => {
      const { out, exitCode } = await examine(bot, more);
      expect(out).toMatch(told);
      expect(exitCode).toBe(out.includes('✗') ? 1 : 0);
    },
    60_000,
  );

  test('a system that is not there', async () => {
    const folder = folderWith({
      'coex.config.yaml': 'sut: { webhook: "http://127.0.0.1:3/x" }\nlimits: { ready: 200ms }\n',
    });
    const { err, exitCode } = await folder.coex(['doctor']);
    expect(err).toContain('could not be reached within 200 ms');
    expect(exitCode).toBe(3);
  });
});
