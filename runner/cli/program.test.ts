import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Report } from '../judge/verdict.ts';
import { config, folderWith, handshake, isRunning } from './program.test.setup.ts';

describe('what the user got wrong is told in one message, and ends with 2', () => {
  test('no config: a sample', async () => {
    const { exitCode, err } = await folderWith({}).coex(['run']);
    expect(exitCode).toBe(2);
    expect(err).toContain('There is no coex.config.yaml in this folder.');
    expect(err).toContain('webhook: http://127.0.0.1:{port}/webhook');
  });

  test.each<[string, Record<string, string>, string[], string]>([
    [
      'a config that is not there',
      { 'coex.config.yml': '' },
      ['-c', 'coex.config.yaml'],
      'Did you mean “coex.config.yml”?',
    ],
    [
      'a misspelt key',
      { 'coex.config.yaml': 'sut:\n  webhok: x' },
      [],
      'coex.config.yaml:2:3: “webhok” means nothing in “sut”.',
    ],
    [
      'a scenario that is not there',
      { 'coex.config.yaml': config('good'), 'a.yaml': handshake },
      ['b.yaml'],
      'b.yaml: There is no such scenario.',
    ],
    [
      'a pattern that matches nothing',
      { 'coex.config.yaml': config('good') },
      ['x/*.yaml'],
      'No scenario matches “x/*.yaml”.',
    ],
    [
      'a misspelt step',
      {
        'coex.config.yaml': config('good'),
        'a.yaml': 'scenario: a\nsteps:\n  - expect.handshke: { token: right }\n',
      },
      ['a.yaml'],
      'Did you mean “expect.handshake”?',
    ],
    [
      'an unknown report',
      { 'coex.config.yaml': config('good') },
      ['--report', 'jsn=x'],
      'Did you mean “json”?',
    ],
    [
      'a port without a number',
      {
        'coex.config.yaml': 'sut:\n  command: x\n  webhook: "http://127.0.0.1:{port}/"\n',
        'a.yaml': handshake,
      },
      ['a.yaml'],
      'coex.config.yaml:3:12: “{port}” stands here, and “sut.port” is missing.',
    ],
    ['a folder as config', {}, ['-c', '.'], '.: It is a folder; a file is wanted here.'],
    [
      'a report below a file',
      { 'coex.config.yaml': config('good'), 'a.yaml': handshake },
      ['a.yaml', '--report', 'json=a.yaml/r.json'],
      'r.json cannot be written',
    ],
    ['an unknown flag', {}, ['--job', '2'], 'Did you mean --jobs?'],
    ['a flag out of bounds', {}, ['--jobs', '0'], 'It must be a whole number from 1 to 1000.'],
    [
      'a folder that is not there',
      {
        'coex.config.yaml': 'sut: { command: x, cwd: nowhere, webhook: "http://127.0.0.1:1/" }',
        'a.yaml': handshake,
      },
      ['a.yaml'],
      'There is no folder “nowhere”.',
    ],
  ])('%s', async (_what, files, args, message) => {
    const { exitCode, err } = await folderWith(files).coex(['run', ...args]);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(2);
  });

  test('an unknown command', async () => {
    const { exitCode, err } = await folderWith({}).coex(['serv']);
    expect(err).toContain('Did you mean serve?');
    expect(exitCode).toBe(2);
  });

  test('a port in use', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as AddressInfo;
    const files = { 'coex.config.yaml': config('good', `graph: { port: ${port} }\n`), 'a.yaml': handshake };
    const { exitCode, err } = await folderWith(files).coex(['run', 'a.yaml']);
    blocker.close();
    expect(err).toContain(`coex.config.yaml:8:16: Port ${port} is in use by another process.`);
    expect(exitCode).toBe(2);
  });
});

test('a port of the system that somebody else holds is a mistake, since he would be judged', async () => {
  const blocker = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => blocker.once('listening', resolve));
  const { port } = blocker.address() as AddressInfo;
  const text = `sut:\n  command: sleep 9\n  port: ${port}\n  webhook: http://127.0.0.1:{port}/\n`;
  const { exitCode, err } = await folderWith({ 'coex.config.yaml': text, 'a.yaml': handshake }).coex([
    'run',
    'a.yaml',
  ]);
  blocker.close();
  expect(err).toContain(`coex.config.yaml:3:9: Port ${port} is in use by another process.`);
  expect(exitCode).toBe(2);
});

describe('validate', () => {
  test('reads own scenarios, and folders and ids of the library', async () => {
    const { coex } = folderWith({ 'a.yaml': handshake });
    expect((await coex(['validate', 'a.yaml'])).out).toBe('1 scenario is well-formed.\n');
    expect((await coex(['validate', 'echoes'])).out).toMatch(/^\d+ scenarios are well-formed\.\n$/);
    const id = (await coex(['list', 'scenarios'])).out.split(' ')[0] ?? '';
    expect((await coex(['validate', id])).out).toBe('1 scenario is well-formed.\n');
  });

  test('tells what is wrong', async () => {
    const { exitCode, err } = await folderWith({ 'a.yaml': 'scenaro: x\n' }).coex(['validate', 'a.yaml']);
    expect(err).toContain('Did you mean “scenario”?');
    expect(exitCode).toBe(2);
  });
});

describe('a system under test', () => {
  const play = async (conduct: string, more = '', args: readonly string[] = [], scenario = handshake) => {
    const folder = folderWith({ 'coex.config.yaml': config(conduct, more), 'a.yaml': scenario });
    const result = await folder.coex(['run', 'a.yaml', '--report', 'json=out/report.json', ...args]);
    // Whatever happened, nothing of it is left.
    expect(folder.pids().filter(isRunning)).toEqual([]);
    const report = () => JSON.parse(folder.read('out/report.json')) as Report;
    return { ...result, report, folder };
  };

  test('that does as expected passes', async () => {
    const { exitCode, out, report } = await play('good');
    expect(out).toContain('✓ a ');
    expect(out).toContain('1 scenario · 0 obligations; all as expected');
    expect(report().scenarios[0]?.verdict).toBe('pass');
    expect(exitCode).toBe(0);
  });

  test('that dies before it is ready is a mistake, with its last words', async () => {
    const { exitCode, err } = await play('dies-at-once');
    expect(err).toContain(
      'coex.config.yaml:3:12: The system under test ended with exit code 3 before it was ready.',
    );
    expect(err).toContain('cannot find the database');
    expect(exitCode).toBe(2);
  });

  test('that is never ready is a mistake', async () => {
    const { exitCode, err } = await play('never-listens', 'limits: { ready: 2s }\n');
    expect(err).toContain('was not ready within 2 s');
    expect(err).toContain('conduct: never-listens');
    expect(exitCode).toBe(2);
  });

  test('that dies half-way is found guilty, and started again for the others', async () => {
    const folder = folderWith({
      'coex.config.yaml': config('dies-on-handshake'),
      'scenarios/kills.yaml': handshake,
      'scenarios/innocent.yaml': 'scenario: Time passes\nsteps:\n  - time.passes: 1s\n',
    });
    const result = await folder.coex(['run', 'scenarios', '--report', 'json=r.json']);
    const { scenarios, findings } = JSON.parse(folder.read('r.json')) as Report;
    expect(scenarios.map(({ id, verdict }) => [id, verdict])).toEqual([
      ['innocent', 'pass'],
      ['kills', 'fail'],
    ]);
    expect(findings[0]?.happened).toContain('its process died with exit code 7; its last output:');
    expect(findings[0]?.happened).toContain('TypeError: cannot read properties of undefined');
    expect(result.exitCode).toBe(1);
    expect(folder.pids().filter(isRunning)).toEqual([]);
  });

  test('that hangs is told so', async () => {
    const { exitCode, out } = await play('hangs', 'limits: { webhook: 300ms }\n');
    expect(out).toContain('the webhook did not answer');
    expect(exitCode).toBe(3);
  });

  test('that hangs longer than a scenario may take is stopped', async () => {
    const { exitCode, out } = await play('hangs', 'limits: { scenario: 300ms }\n');
    expect(out).toContain('it took longer than 0.3 s and was stopped');
    expect(exitCode).toBe(3);
  });

  test('that floods the Graph API is stopped', async () => {
    const quiet = `${handshake}  - expect.noCall: { edge: register, for: 20s }\n  - expect.handshake: { token: right, control: true }\n`;
    const { exitCode, out } = await play('floods', '', ['--no-self-check'], quiet);
    expect(out).toContain('made more than 2000 Graph calls');
    expect(exitCode).toBe(1);
  });

  test('that is not there is unreachable: nothing can be told', async () => {
    const text = 'sut: { webhook: "http://127.0.0.1:9/webhook" }\nlimits: { ready: 200ms }\n';
    const { exitCode, err } = await folderWith({ 'coex.config.yaml': text, 'a.yaml': handshake }).coex([
      'run',
      'a.yaml',
    ]);
    expect(err).toContain('could not be reached within 200 ms');
    expect(exitCode).toBe(3);
  });

  test('is ended when the person stops the run', async () => {
    const folder = folderWith({ 'coex.config.yaml': config('hangs'), 'a.yaml': handshake });
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const running = folder.coex(['run', 'a.yaml', '--verbose'], stopped);
    // It has started once it has written its pids.
    await expect.poll(() => folder.pids().length, { timeout: 10_000 }).toBe(2);
    stop();
    const { exitCode, err } = await running;
    expect(err).toContain('Stopped after 0 of 1 scenarios.');
    expect(exitCode).toBe(130);
    expect(folder.pids().filter(isRunning)).toEqual([]);
  });

  const conversation = `scenario: A customer is answered
obligations: [webhook-is-acknowledged]
customers: { ana: {} }
steps:
  - customer.sends: { from: ana, text: Oi }
  - expect.call: { edge: messages, to: ana, within: 2s }
  - expect.acknowledged: { field: messages, within: 2s }
`;

  test('that answers a customer is seen doing so', async () => {
    const { exitCode, out } = await play('good', '', [], conversation);
    expect(out).toContain('1 scenario · 1 obligation: 1 kept');
    expect(exitCode).toBe(0);
  });

  test('that keeps silent leaves its control unkept: nothing is proven', async () => {
    const { exitCode, out } = await play('mute', '', [], conversation);
    expect(out).toContain('a.yaml:6:5  expect.call (control)');
    expect(out).toContain('expected a messages call to ana within 2 s');
    expect(out).toContain('happened no Graph call was made');
    expect(exitCode).toBe(3);
  });

  test('that never sent what a later step speaks of cannot be told anything about it', async () => {
    const about = conversation
      .replace('within: 2s }', 'as: reply, within: 1s }')
      .concat(
        "  - meta.notifies: { field: messages, value: { statuses: [{ id: '{reply}', status: sent, timestamp: '1', recipient_id: '1' }] } }\n",
      );
    const { exitCode, out } = await play('mute', '', [], about);
    expect(out).toContain('inconclusive');
    expect(exitCode).toBe(3);
    const { report } = await play(
      'mute',
      '',
      [],
      about.replace('obligations: [webhook-is-acknowledged]\n', ''),
    );
    expect(report().mistakes).toEqual([]);
  });

  test('that answers what it must not is caught with the call', async () => {
    const negative = conversation
      .split('\n')
      .slice(0, 5)
      .concat(
        '  - expect.acknowledged: { field: messages, within: 2s }',
        '  - expect.noCall: { edge: messages, to: ana, for: 1s }',
      )
      .join('\n');
    const { exitCode, out, report } = await play('good', '', [], negative);
    expect(out).toContain('happened there was one: POST messages to 55');
    expect(report().findings[0]?.exchanges.map(({ title }) => title)).toEqual([
      expect.stringMatching(/^webhook messages → POST /),
      expect.stringMatching(/^POST \/v23\.0\/\d+\/messages$/),
    ]);
    expect(exitCode).toBe(1);
  });

  test('never sees its secrets in a report', async () => {
    const { out, folder } = await play('good', '', [
      '--log',
      'log.jsonl',
      '--report',
      'junit=out/report.xml',
    ]);
    const log = folder.read('log.jsonl');
    expect(log.trim().split('\n').length).toBeGreaterThan(1);
    for (const text of [out, log, folder.read('out/report.json'), folder.read('out/report.xml')])
      expect(text).not.toMatch(/EAA[A-Za-z0-9]{20}/);
  });
});

describe('serve', () => {
  test('says what to give to the system, and stops when asked', async () => {
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const folder = folderWith({});
    const running = folder.coex(['serve', '--port', '0', '--token', 'my-token'], stopped);
    stop();
    const { exitCode, out } = await running;
    expect(out).toMatch(/GRAPH_API_BASE_URL=(http:\/\/127\.0\.0\.1:\d+)\n[^]*\nready \1\n$/);
    expect(out).toContain('WHATSAPP_TOKEN=my-token');
    expect(exitCode).toBe(0);
  });

  test('a callback that is no URL is a mistake', async () => {
    const { exitCode, err } = await folderWith({}).coex(['serve', '--port', '0', '--callback', 'localhost']);
    expect(err).toContain('--callback: “localhost” is no URL.');
    expect(exitCode).toBe(2);
  });
});

describe('list and explain', () => {
  test('obligations', async () => {
    const { out, exitCode } = await folderWith({}).coex(['list', 'obligations']);
    expect(out).toMatch(/^echo-is-not-answered\s+MUST\s+automation /m);
    expect(exitCode).toBe(0);
  });

  test('one of them', async () => {
    const { out } = await folderWith({}).coex(['explain', 'echo-is-not-answered']);
    expect(out).toContain('echo-is-not-answered  MUST, binds the profile automation');
    expect(out).toMatch(/ {2}mend {6}\S/);
    expect(out).toMatch(/ {2}failures {2}A1 An echo enters/);
    expect(out).toMatch(/ {2}sets {6}2026-11 demands it/);
  });

  test('one that a set does not score, and why', async () => {
    const { out } = await folderWith({}).coex(['explain', 'token-is-never-logged']);
    expect(out).toMatch(/2026-11 does not score it: Seen only where coex starts the process/);
  });

  test('a scenario with a matrix, all of it or one variant', async () => {
    const all = await folderWith({}).coex(['explain', 'heartbeat/a-removal-in-every-shape']);
    expect(all.out.match(/^ {2}replay/gm)).toHaveLength(4);
    const one = await folderWith({}).coex(['explain', 'heartbeat/a-removal-in-every-shape#by-number']);
    expect(one.out).toMatch(/ {2}behaviour partnerRemovedShape: phone-number/);
    expect(one.out).toMatch(/ {2}replay .*a-removal-in-every-shape\.yaml#by-number$/m);
  });

  test('sets and failures', async () => {
    const { out: sets } = await folderWith({}).coex(['list', 'sets']);
    expect(sets).toMatch(/^2026-11 {2}WhatsApp Coexistence, November 2026: \d+ demanded, \d+ not scored$/m);
    const { out: failures } = await folderWith({}).coex(['list', 'failures']);
    expect(failures).toMatch(/^A1 .* → echo-is-not-answered$/m);
    expect(failures).toMatch(/^A8 .* → not scored: Screens/m);
  });

  test.each([
    [['list', 'obligation'], 'Did you mean “obligations”?'],
    [['explain', 'echo-is-not-anwsered'], 'Did you mean “echo-is-not-answered”?'],
  ])('%j is a mistake', async (args, message) => {
    const { exitCode, err } = await folderWith({}).coex(args);
    expect(err).toContain(message);
    expect(exitCode).toBe(2);
  });
});

describe('lint', () => {
  const change = {
    field: 'smb_app_state_sync',
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550142367', phone_number_id: '112358132134558' },
      state_sync: [
        {
          type: 'contact',
          contact: { full_name: 'Ana Reid', first_name: 'Ana', phone_number: '447700900456' },
          action: 'add',
          metadata: { timestamp: '1791000100000' },
        },
      ],
    },
  };
  const changed = JSON.stringify({
    ...change,
    value: {
      ...change.value,
      state_sync: [{ ...change.value.state_sync[0], action: 'merge', nick: 'Annie' }],
    },
  });

  test('what is as the contracts say ends with 0', async () => {
    const { exitCode, out, err } = await folderWith({ 'a.json': JSON.stringify(change) }).coex([
      'lint',
      'a.json',
    ]);
    expect([exitCode, out, err]).toEqual([0, '', '1 body checked, all as the contracts say.\n']);
  });

  test('what is not ends with 1, with pointers', async () => {
    const { exitCode, out } = await folderWith({ 'a.json': changed }).coex(['lint', 'a.json']);
    expect(out).toContain('a.json: webhook smb_app_state_sync\n');
    expect(out).toContain('unknown /value/state_sync/0/nick is in no contract (a text of 5 characters)\n');
    expect(out).toContain('unknown /value/state_sync/0/action is “merge”, and is known as add, remove\n');
    expect(exitCode).toBe(1);
  });

  test('--learn tells nothing private', async () => {
    const { out } = await folderWith({ 'a.json': changed }).coex(['lint', '--learn', 'a.json']);
    expect(out).toContain('"action":"merge"');
    expect(out).not.toMatch(/Ana|Annie|Reid|447700900456/);
  });

  test.each([
    [['lint'], 'Which file is to be checked?'],
    [['lint', 'b.json'], 'Did you mean “a.json”?'],
    [['lint', 'a.json'], 'a.json: There is neither a webhook body nor a Graph exchange in it.'],
  ])('%j is a mistake', async (args, message) => {
    const { exitCode, err } = await folderWith({ 'a.json': '{}' }).coex(args);
    expect(err).toContain(message);
    expect(exitCode).toBe(2);
  });
});
