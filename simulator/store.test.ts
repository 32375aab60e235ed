/** What is kept in a folder is there again: after a stop, after a kill, and with a line that a kill tore. */
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseScenario } from '../scenarios/language/parse.ts';
import type { ActingStep } from '../scenarios/language/scenario.ts';
import {
  createSimulator,
  openStore,
  type Simulator,
  type SimulatorOptions,
  type WorldHandle,
} from './index.ts';

let folder: string;
let sink: Server;
let received: number;
let status: number;
let open: Simulator[];
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'coex-store-'));
  received = 0;
  status = 200;
  open = [];
  sink = createServer((request, response) => {
    received += 1;
    request.resume();
    response.statusCode = status;
    response.end();
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await Promise.all(open.map((simulator) => simulator.close()));
  sink.closeAllConnections();
  await new Promise((resolve) => sink.close(resolve));
  rmSync(folder, { recursive: true });
});

const start = async (options: SimulatorOptions = {}): Promise<Simulator> => {
  const failed = (error: Error): never => {
    throw error;
  };
  const simulator = await createSimulator({
    chats: true,
    app: { callbackUrl: `http://127.0.0.1:${(sink.address() as AddressInfo).port}/` },
    store: openStore(folder, failed),
    ...options,
  });
  open.push(simulator);
  return simulator;
};

const opening = `
scenario: By hand
customers: { ana: { name: Ana Lopez } }
steps:
  - customer.sends: { from: ana, text: Oi, as: first }
  - app.sends: { to: ana, text: Olá, as: answer }
  - time.passes: 3m
  - app.edits: { message: answer, text: Bom dia }
`;
const parse = (text: string) => {
  const parsed = parseScenario(text, 'x', 'x', { obligations: new Set() });
  if (!('scenario' in parsed)) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.scenario;
};

async function playOpening(world: WorldHandle): Promise<void> {
  const scenario = parse(opening);
  const cast = world.stage(scenario);
  for (const step of scenario.steps) await world.play(step as ActingStep, cast);
}

const revoke: ActingStep = {
  does: 'app.revokes',
  name: 'app.revokes',
  at: { line: 1, column: 1 },
  message: 'answer',
};
const stateOf = (world: WorldHandle) => ({
  chats: world.chats?.snapshot(),
  exchanges: world.journal.since(0),
  log: world.log.recent(),
  now: world.nowMs(),
  messages: [...(world.cast?.messages ?? [])],
  customers: world.cast?.customers,
  due: world.due(20),
});

describe('a simulator that keeps a folder', () => {
  it('is the same when it starts again, and goes on', async () => {
    const before = await start();
    await playOpening(before.defaultWorld);
    const kept = stateOf(before.defaultWorld);
    expect(kept.chats?.chats[0]?.messages.map(({ text }) => text)).toEqual(['Oi', 'Bom dia']);
    await before.close();
    const after = await start();
    expect(stateOf(after.defaultWorld)).toEqual(kept);
    expect(after.app).toEqual(before.app);
    const cast = after.defaultWorld.cast!;
    expect(await after.defaultWorld.play(revoke, cast)).toMatchObject({ kind: 'done' });
    expect(after.defaultWorld.chats?.list()[0]?.messages[1]).toMatchObject({ revoked: true });
    expect(after.defaultWorld.journal.newest).toBe(kept.exchanges.length + 1);
  });

  it('opens every world that it had', async () => {
    const before = await start();
    await playOpening(before.openWorld({ name: 'loja/2' }));
    await before.close();
    const after = await start();
    expect(after.worlds().map(({ name }) => name)).toEqual(['default', 'loja/2']);
    expect(after.worlds()[1]?.chats?.list()).toHaveLength(1);
  });

  it('sends a webhook whose answer nobody lived to see once more', async () => {
    const before = await start();
    await playOpening(before.defaultWorld);
    await before.close();
    const file = path.join(folder, 'default.jsonl');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const cut = lines.findIndex((line) => line.includes('"delivery-accepted"'));
    writeFileSync(file, `${lines.slice(0, cut).join('\n')}\n`);
    received = 0;
    const after = await start();
    await after.defaultWorld.settled();
    expect(received).toBe(1);
  });

  it('waits with what was refused for the next try that is due', async () => {
    status = 500;
    const before = await start();
    await playOpening(before.defaultWorld);
    await before.close();
    status = 200;
    received = 0;
    const after = await start();
    await after.defaultWorld.settled();
    expect(received).toBe(0);
    await after.defaultWorld.advance(3_600_000);
    expect(received).toBeGreaterThan(0);
  });

  it('does without the line that a kill tore', async () => {
    const before = await start();
    await playOpening(before.defaultWorld);
    const kept = stateOf(before.defaultWorld);
    await before.close();
    appendFileSync(path.join(folder, 'default.jsonl'), '[{"record":{"sequence":999,');
    const after = await start();
    expect(stateOf(after.defaultWorld)).toEqual(kept);
    await after.defaultWorld.play(revoke, after.defaultWorld.cast!);
    await after.close();
    const again = await start();
    expect(again.defaultWorld.chats?.list()[0]?.messages[1]).toMatchObject({ revoked: true });
  });

  it('shows its secrets to nobody else', async () => {
    await start();
    for (const name of readdirSync(folder))
      expect([name, statSync(path.join(folder, name)).mode & 0o077]).toEqual([name, 0]);
  });
});

describe('a folder is refused', () => {
  it('that another simulator uses', () => {
    writeFileSync(path.join(folder, 'lock'), String(process.ppid));
    expect(() => openStore(folder, () => undefined)).toThrow(`process ${process.ppid}`);
  });

  it('that holds what no simulator wrote', async () => {
    writeFileSync(path.join(folder, 'default.jsonl'), 'hello\n');
    await expect(start()).rejects.toThrow('a line that no simulator wrote: hello');
    writeFileSync(path.join(folder, 'simulator.json'), 'hello');
    expect(() => openStore(folder, () => undefined)).toThrow('simulator.json is not what a simulator writes');
  });

  it.each(['/dev/null', '/proc/coex'])('that cannot be one: %s', (wrong) => {
    expect(() => openStore(wrong, () => undefined)).toThrow(`${wrong} cannot be used as a folder`);
  });

  it('but not for the lock of one that is gone', () => {
    writeFileSync(path.join(folder, 'lock'), '999999999');
    openStore(folder, () => undefined).close();
  });
});
