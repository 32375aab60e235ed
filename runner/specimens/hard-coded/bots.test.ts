/** Bots in other languages, with Meta's host in their code, are reached and judged; nobody tells them of coex. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { obligations, packageRoot } from '../../../contracts/catalogue.ts';
import { libraryFiles, loadConfig, loadScenarios } from '../../cli/files.ts';
import { findFreePort } from '../../drive/free-port.ts';
import { runScenarios } from '../../drive/run-scenarios.ts';
import { judgeObligation } from '../../judge/judge-scenario.ts';
import { Mistake } from '../../plan/mistake.ts';
import { withPrivateHosts } from '../../reach/private-hosts.ts';
import { currentAccount, whyNoPrivateHosts } from '../../reach/private-hosts-check.ts';
import { isThere, whyNoPhp } from '../../reach/programs.test.setup.ts';
import { openMetaStandIn, type MetaStandIn, type MetaStandInOptions } from '../../reach/stand-in.ts';

const ids = obligations().map(({ id }) => id);
/** What every bot has to do: the handshake, signatures, answering, not answering. */
const wanted = [
  'echo-is-not-answered',
  'handshake-echoes-the-challenge',
  'handshake-checks-the-token',
  'bad-signature-is-refused',
  'missing-signature-is-refused',
  'redelivery-is-answered-once',
];
const scenarios = loadScenarios(libraryFiles(packageRoot()), ids).filter((one) =>
  one.obligations.some((id) => wanted.includes(id)),
);

interface Verdicts {
  readonly verdicts: Readonly<Record<string, string>>;
  readonly refused: readonly string[];
  readonly output: string;
}

/** @param wrap - what becomes of the command */
async function examine(
  bot: string,
  {
    tls,
    env,
    wrap,
  }: Pick<MetaStandInOptions, 'tls'> & {
    readonly env?: Readonly<Record<string, string>>;
    readonly wrap?: (command: string, standIn: MetaStandIn) => string;
  },
): Promise<Verdicts> {
  const file = path.join(packageRoot(), 'runner/specimens/hard-coded', bot, 'coex.config.yaml');
  const config = loadConfig(file, { cwd: packageRoot(), env: process.env });
  const graphPort = await findFreePort();
  const refused: string[] = [];
  const standIn = await openMetaStandIn({
    graphUrl: `http://127.0.0.1:${graphPort}`,
    onRefused: (host) => refused.push(host),
    ...(tls && { tls }),
  });
  let output = '';
  try {
    const { command = '' } = config.sut;
    const outcome = await runScenarios({
      config: { ...config, graphPort, sut: { ...config.sut, command: wrap?.(command, standIn) ?? command } },
      scenarios,
      seed: 'coex',
      jobs: 8,
      selfCheck: false,
      environment: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...standIn.environment, ...env },
      nowMs: Date.now,
      onOutput: (text) => (output += text),
    });
    const worst: Record<string, string> = {};
    for (const facts of outcome.scenarios)
      for (const id of facts.obligations) {
        const { verdict } = judgeObligation(facts, id);
        if (worst[id] === undefined || worst[id] === 'pass') worst[id] = verdict;
      }
    return { verdicts: worst, refused, output };
  } finally {
    await standIn.close();
  }
}

const kept = Object.fromEntries(wanted.map((id) => [id, 'pass']));
const wrong = { BOT_ANSWERS_ECHOES: '1' };

describe.skipIf(!(await isThere('python3', '--version')))('Python, by a proxy', () => {
  test('keeps what it has to', async () => {
    const { verdicts, refused, output } = await examine('python', {});
    expect(output).toBe('');
    expect(verdicts).toMatchObject(kept);
    expect(refused).toEqual([]);
  });

  test('is found out when it answers echoes', async () => {
    const { verdicts } = await examine('python', { env: wrong });
    expect(verdicts).toMatchObject({ ...kept, 'echo-is-not-answered': 'fail' });
  });
});

/** An address of this machine that no other test listens at; its port has to be 443. */
const address = '127.0.44.3';
const folder = mkdtempSync(path.join(tmpdir(), 'coex-php-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** @returns the reason why it cannot be tried here */
async function whyNoHosts(): Promise<string | undefined> {
  try {
    const standIn = await openMetaStandIn({ graphUrl: 'http://127.0.0.1:1', tls: { host: address } });
    const why = await whyNoPrivateHosts(standIn.hostsFile ?? '', address);
    await standIn.close();
    return why;
  } catch (error) {
    if (error instanceof Mistake) return error.message;
    throw error;
  }
}

describe('PHP, by hosts of its own', () => {
  let missing: string | undefined;
  beforeAll(async () => {
    missing = (await whyNoHosts()) ?? (await whyNoPhp());
  }, 600_000);
  const examinePhp = (env?: Readonly<Record<string, string>>): Promise<Verdicts> =>
    examine('php', {
      tls: { host: address },
      wrap: (command, { hostsFile = '' }) => withPrivateHosts(command, hostsFile, currentAccount()),
      env: { TMPDIR: folder, ...env },
    });

  test('keeps what it has to', async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    const { verdicts, refused, output } = await examinePhp();
    expect(output).not.toContain('not sent');
    expect(verdicts).toMatchObject(kept);
    expect(refused).toEqual([]);
  });

  test('is found out when it answers echoes', async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    const { verdicts } = await examinePhp(wrong);
    expect(verdicts).toMatchObject({ ...kept, 'echo-is-not-answered': 'fail' });
  });
});
