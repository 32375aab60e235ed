import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createBlocker, type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createSimulator } from '../../simulator/index.ts';
import { readScenario } from '../record/record.test.setup.ts';
import { folderWith } from './program.test.setup.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function receive(status = 200): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const { searchParams } = new URL(request.url ?? '/', 'http://receiver');
      response.writeHead(status).end(searchParams.get('hub.challenge') ?? '');
    });
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
}

type Folder = ReturnType<typeof folderWith>;

/** Runs `coex record` for as long as `meanwhile` takes. */
async function recordWhile(
  folder: Folder,
  args: readonly string[],
  meanwhile: (url: string) => Promise<void>,
) {
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const running = folder.coex(['record', '--port', '0', ...args], stopped);
  const isUp = async (): Promise<string> => {
    for (;;) {
      const url = /^ready (\S+)$/m.exec(folder.output())?.[1];
      if (url !== undefined) return url;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const url = await Promise.race([isUp(), running.then(({ err }) => Promise.reject(new Error(err)))]);
  try {
    await meanwhile(url);
  } finally {
    stop();
  }
  const ended = await running;
  // Nothing listens any more.
  await expect(fetch(url)).rejects.toThrow();
  return ended;
}

async function talk(url: string): Promise<void> {
  const simulator = await createSimulator({ app: { callbackUrl: `${url}/webhook` } });
  const scenario = readScenario(`scenario: x
customers: { ana: { name: Ana Lopez } }
steps:
  - customer.sends: { from: ana, text: Quero comprar, as: question }
  - app.sends: { to: ana, text: 'Oi Ana, aqui é a Lu', replyTo: question }
`);
  const cast = simulator.defaultWorld.stage(scenario);
  for (const step of scenario.steps)
    if (step.does === 'customer.sends' || step.does === 'app.sends')
      await simulator.defaultWorld.play(step, cast);
  await simulator.close();
}

test('what went through is a scenario, and a capture that coex lint reads', async () => {
  const folder = folderWith({});
  const target = await receive();
  const args = ['--target', target, '--out', 'talk.yaml', '--raw', 'talk.jsonl'];
  const { exitCode, out } = await recordWhile(folder, args, talk);
  expect(exitCode).toBe(0);
  expect(out).toContain('messages (text) from Person 1 → 200 in ');
  expect(out).toContain('smb_message_echoes (text) to Person 1 → 200 in ');
  expect(out).toContain('Play them with: npx coex run talk.yaml');
  expect(folder.read('talk.yaml')).toContain(`number: { country: BR }
customers:
  person-1: { name: Person 1, country: BR }
steps:
  - customer.sends: { from: person-1, text: Text 1, as: message-1 }
  - app.sends: { to: person-1, text: Text 2, replyTo: message-1 }
  - expect.acknowledged: { field: messages, within: 10s }
  - expect.acknowledged: { field: smb_message_echoes, within: 10s }
`);
  expect((await folder.coex(['validate', 'talk.yaml'])).out).toBe('1 scenario is well-formed.\n');
  const linted = await folder.coex(['lint', 'talk.jsonl']);
  expect(linted.err).toBe('2 bodies checked, all as the contracts say.\n');
  expect(linted.exitCode).toBe(0);
  const kept = out + folder.read('talk.yaml') + folder.read('talk.jsonl');
  for (const secret of ['Ana', 'Lopez', 'Quero', 'Lu']) expect(kept).not.toContain(secret);
});

test('a system that refuses is not expected to accept', async () => {
  const folder = folderWith({});
  const target = await receive(500);
  const { out } = await recordWhile(folder, ['--target', target, '--out', 'talk.yaml'], talk);
  expect(out).toContain('messages (text) from Person 1 → 500 in ');
  expect(folder.read('talk.yaml')).not.toContain('expect.acknowledged');
});

test('where nothing came, no file is left', async () => {
  const folder = folderWith({});
  const { exitCode, err } = await recordWhile(folder, ['--target', await receive()], () => Promise.resolve());
  expect(exitCode).toBe(0);
  expect(err).toContain('Nothing was recorded that a scenario could do');
  expect(() => folder.read('recorded.scenario.yaml')).toThrow('ENOENT');
});

describe('what is no use is told before anything is recorded', () => {
  const target = ['--target', 'http://127.0.0.1:9/webhook'];
  test.each<[string, string[], string]>([
    ['no target', [], '--target: Where do webhooks go on to?'],
    ['a target that is no address', ['--target', 'localhost:3000'], '--target: “localhost:3000” is no URL.'],
    [
      'the recorder itself',
      ['--target', 'http://127.0.0.1:4001/'],
      '--target: Port 4001 is where the recorder itself',
    ],
    ['a Graph that is no address', [...target, '--graph', 'graph'], '--graph: “graph” is no URL.'],
    ['a file below a file', [...target, '--out', 'file/a.yaml'], 'a.yaml cannot be written'],
    ['a capture below a file', [...target, '--raw', 'file/a.jsonl'], 'a.jsonl cannot be written'],
    ['a recording that is there', [...target, '--out', 'file'], 'file is there already.'],
  ])('%s', async (_what, args, message) => {
    const folder = folderWith({ file: 'of mine' });
    const { exitCode, err } = await folder.coex(['record', ...args]);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
    expect(exitCode).toBe(2);
    expect(folder.read('file')).toBe('of mine');
  });

  test.each(['--port', '--graph-port'])('%s in use', async (flag) => {
    const blocker = createBlocker().listen(0, '127.0.0.1');
    await new Promise((resolve) => blocker.once('listening', resolve));
    const { port } = blocker.address() as AddressInfo;
    const folder = folderWith({});
    const ports = { '--port': '0', '--graph-port': '0', [flag]: String(port) };
    const args = ['--graph', 'http://127.0.0.1:9/', ...Object.entries(ports).flat()];
    const { exitCode, err } = await folder.coex(['record', ...target, ...args]);
    blocker.close();
    expect(err).toContain(`${flag}: Port ${port} is in use by another process.`);
    expect(exitCode).toBe(2);
    expect(() => folder.read('recorded.scenario.yaml')).toThrow('ENOENT');
  });
});

test('the capture goes on where it was, whatever became of the scenario', async () => {
  const folder = folderWith({});
  writeFileSync(path.join(folder.cwd, 'all.jsonl'), '{"at":"before"}\n');
  const args = ['--target', await receive(), '--raw', 'all.jsonl', '--out', 'a.yaml'];
  await recordWhile(folder, args, async (url) => {
    await talk(url);
    // As it comes, not in the end.
    expect(folder.read('all.jsonl').trim().split('\n').length).toBeGreaterThan(2);
  });
  expect(folder.read('all.jsonl')).toMatch(/^\{"at":"before"\}\n/);
});
