/** Bots in other languages, with Meta's host in their code, are reached and judged; nobody tells them of coex. */
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../../contracts/catalogue.ts';
import { folderWith } from '../../cli/program.test.setup.ts';
import { whyNoPhp, isThere } from '../../reach/programs.test.setup.ts';
import type { StoredReport } from '../../report/json.ts';

/** What every bot has to do: the handshake, signatures, answering, not answering. */
const wanted = [
  'echo-is-not-answered',
  'handshake-echoes-the-challenge',
  'handshake-checks-the-token',
  'bad-signature-is-refused',
  'missing-signature-is-refused',
  'redelivery-is-answered-once',
];

/** As a person would: `coex run` with the bot's own config, and an environment that says nothing of Meta. */
async function examine(bot: string, env: Readonly<Record<string, string>> = {}) {
  const config = path.join(packageRoot(), 'runner/specimens/hard-coded', bot, 'coex.config.yaml');
  const flags = wanted.flatMap((id) => ['--obligation', id]);
  const { PATH, HOME } = process.env;
  const { out, err, exitCode } = await folderWith({}).coex(
    ['run', '-c', config, '--verbose', '--format', 'json', ...flags],
    undefined,
    { PATH, HOME, ...env },
  );
  const { obligations, notices } = JSON.parse(out) as StoredReport;
  const verdicts = Object.fromEntries(obligations.map(({ id, verdict }) => [id, verdict]));
  return { verdicts, notices, exitCode, err };
}

const kept = Object.fromEntries(wanted.map((id) => [id, 'pass']));
const wrong = { BOT_ANSWERS_ECHOES: '1' };

describe.each([
  [
    'Python, by a proxy',
    'python',
    async () => ((await isThere('python3', '--version')) ? undefined : 'There is no Python.'),
  ],
  ['PHP, by hosts of its own', 'php', () => whyNoPhp()],
])('%s', (_what, bot, whyNot) => {
  let missing: string | undefined;
  beforeAll(async () => {
    missing = await whyNot();
  }, 600_000);

  test('keeps what it has to', async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    const { verdicts, notices, exitCode, err } = await examine(bot);
    expect(err).not.toContain('not sent');
    expect(verdicts).toEqual(kept);
    expect(notices).toEqual([]);
    expect(exitCode).toBe(0);
  }, 60_000);

  test('is found out when it answers echoes', async ({ skip }) => {
    if (missing !== undefined) skip(missing);
    const { verdicts, exitCode } = await examine(bot, wrong);
    expect(verdicts).toEqual({ ...kept, 'echo-is-not-answered': 'fail' });
    expect(exitCode).toBe(1);
  }, 60_000);
});
