/** What is played, how often, and what is told of it. Every run is a real one: a process, HTTP, a report. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { reportValidator } from '../../contracts/catalogue.ts';
import type { StoredReport } from '../report/json.ts';
import { config, folderWith, handshake, isRunning } from './program.test.setup.ts';

const answered = (title: string, more = '') => `scenario: ${title}
${more}customers: { ana: { name: Ana } }
steps:
  - customer.sends: { from: ana, text: Oi }
  - expect.call: { edge: messages, to: ana, within: 600ms }
`;
/** An obligation that the fixture keeps when it greets back, and breaks when it is mute. */
const obligation = 'live-message-during-import-is-answered';
const proving = answered('It is answered', `obligations: [${obligation}]\n`).replace(
  'to: ana,',
  `to: ana, proves: ${obligation},`,
);

const files = {
  'a.yaml': answered('The first'),
  'b.yaml': handshake,
  'c.yaml': answered('The third'),
  'coex.config.yaml': config('good', 'scenarios: ["{a,b,c}.yaml"]'),
};
const mute = { ...files, 'coex.config.yaml': config('mute', 'scenarios: ["{a,b,c}.yaml"]') };

const json = (text: string) => JSON.parse(text) as StoredReport;
const played = (out: string) => json(out).scenarios.map(({ id }) => id);

describe('what is played', () => {
  test.each([
    [['--grep', 'THIRD'], ['c']],
    [
      ['--grep', '^(a|b)$'],
      ['a', 'b'],
    ],
    [['--grep', 'handshake is ('], []],
    [
      ['--shard', '1/2'],
      ['a', 'c'],
    ],
    [['--shard', '2/2'], ['b']],
  ])('%j', async (args, ids) => {
    const { out, err, exitCode } = await folderWith(files).coex(['run', '--format', 'json', ...args]);
    if (ids.length === 0) {
      expect(err).toContain('--grep: None of the 3 scenarios fits.');
      expect(exitCode).toBe(2);
    } else {
      expect(played(out)).toEqual(ids);
      expect(exitCode).toBe(0);
    }
  });

  test('one obligation, and nothing else is judged', async () => {
    const two = proving
      .replace('obligations: [', 'obligations: [webhook-is-acknowledged, ')
      .replace(
        '  - expect.call',
        '  - expect.acknowledged: { field: messages, proves: webhook-is-acknowledged }\n  - expect.call',
      );
    const folder = folderWith({ ...mute, 'd.yaml': two });
    const args = ['run', 'a.yaml', 'd.yaml', '--obligation', 'webhook-is-acknowledged', '--format', 'json'];
    const { out, err, exitCode } = await folder.coex(args);
    expect(err).not.toContain('mistake');
    expect(json(out).obligations.map(({ id }) => id)).toEqual(['webhook-is-acknowledged']);
    expect(exitCode).toBe(0);
  });

  test.each([
    [['--obligation', 'webhook-is-acknowleged'], /There is no obligation.*\n.*webhook-is-acknowledged/],
    [['--profile', 'inbocs'], /There is no profile “inbocs”.*\n.*inbox/],
    [['--shard', '5/4'], /It must be a part such as 1\/4/],
    [['--shard', '4/4'], /Part 4 of 4 is empty/],
    [['--format', 'jsn'], /There is no report “jsn”.*\n.*json/],
    [['--report', 'html'], /A report needs a file/],
    [['--grpe', 'a'], /unknown option '--grpe'[\s\S]*--grep/],
  ])('%j is told, with the way out', async (args, message) => {
    const { err, exitCode } = await folderWith(files).coex(['run', ...args]);
    expect(err).toMatch(message);
    expect(exitCode).toBe(2);
  });

  test('a profile that is not declared', async () => {
    const folder = folderWith({ ...files, 'coex.config.yaml': config('good', 'profiles: [receiver]') });
    const { err } = await folder.coex(['run', '--profile', 'inbox']);
    expect(err).toMatch(/coex\.config\.yaml:\d+:\d+: The system does not declare the profile “inbox”/);
  });
});

describe('how often', () => {
  test('the first broken scenario ends it', async () => {
    const folder = folderWith(mute);
    const { out, exitCode } = await folder.coex(['run', '--bail', '--jobs', '1', '--format', 'json']);
    expect(json(out)).toMatchObject({ unplayed: ['b', 'c'], exitCode: 1 });
    expect(exitCode).toBe(1);
  });

  test('what fails once fails, unless it may be tried again; that it was is told', async () => {
    const flaky = { ...files, 'coex.config.yaml': config('flaky', 'scenarios: [a.yaml]') };
    expect((await folderWith(flaky).coex(['run'])).exitCode).toBe(1);
    const { out, exitCode } = await folderWith(flaky).coex(['run', '--retries', '2']);
    expect(out).toContain('kept at try 2 only: a');
    expect(exitCode).toBe(0);
    const never = await folderWith(mute).coex(['run', 'a.yaml', '--retries', '1', '--format', 'json']);
    expect(json(never.out).scenarios[0]).toMatchObject({ attempts: 2, verdict: 'fail' });
  });

  test('stopped in the middle: what was played is judged and written, and nothing is left running', async () => {
    const slow = `${handshake.replace('steps:', 'customers: { ana: {} }\nsteps:')}  - expect.noCall: { edge: messages, for: 20s }
  - expect.handshake: { token: right, control: true }
`;
    const folder = folderWith({ ...files, 'slow.yaml': slow });
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const running = folder.coex(
      ['run', 'b.yaml', 'slow.yaml', '--jobs', '1', '--report', 'json=r.json'],
      stopped,
    );
    await until(() => folder.output().includes('✓ b'));
    stop();
    const { err, exitCode } = await running;
    expect(err).toContain('Stopped after 1 of 2 scenarios.');
    expect(json(folder.read('r.json'))).toMatchObject({ unplayed: ['slow'], scenarios: [{ id: 'b' }] });
    expect(exitCode).toBe(130);
    expect(folder.pids().filter(isRunning)).toEqual([]);
  });

  test('again whenever something changes, until it is stopped', async () => {
    const folder = folderWith(files);
    let stop: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const running = folder.coex(['run', 'b.yaml', '--watch'], stopped);
    await until(() => folder.output().includes('Watching'));
    folder.write('b.yaml', handshake.replace('right', 'rigth'));
    await until(() => /b\.yaml:3:.*right/s.test(folder.output()));
    folder.write('b.yaml', handshake.replace('scenario: The', 'scenario: Now the'));
    await until(() => folder.output().split('Watching').length === 4);
    stop();
    expect((await running).exitCode).toBe(0);
    expect(folder.output().split('✓ b')).toHaveLength(3);
    expect(folder.pids().filter(isRunning)).toEqual([]);
  });
});

/** What has to come comes within seconds; a test that waits longer is red. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (isSo()) return;
    await wait(50);
  }
  throw new Error('It never came.');
}

describe('what is told', () => {
  test('every report, as its readers take it', async () => {
    const folder = folderWith({ ...mute, 'p.yaml': proving });
    const kinds = {
      json: 'r.json',
      junit: 'r.xml',
      markdown: 'r.md',
      badge: 'r.svg',
      github: 'r.txt',
      text: 'r',
    };
    const flags = Object.entries(kinds).flatMap(([kind, file]) => ['--report', `${kind}=out/${file}`]);
    const { exitCode } = await folder.coex(['run', 'b.yaml', 'p.yaml', '--transcripts', ...flags]);
    expect(exitCode).toBe(1);
    const report = json(folder.read('out/r.json'));
    expect(reportValidator()(report)).toEqual([]);
    expect(report.transcripts?.map(({ scenario }) => scenario)).toEqual(['b', 'p']);
    expect(folder.read('out/r.md')).toContain(`### ❌ ${obligation}: broken`);
    expect(folder.read('out/r.svg')).toContain('0 of 1 kept');
    expect(folder.read('out/r.txt')).toMatch(
      new RegExp(`^::error file=p\\.yaml,line=6,col=5,title=${obligation}%3A broken::expected`),
    );
    expect(folder.read('out/r')).toContain('✗');
  });

  test('where GitHub runs it: annotations, and the page of the job', async () => {
    const folder = folderWith({ ...mute, page: 'before\n' });
    const env = {
      ...process.env,
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: path.join(folder.cwd, 'page'),
    };
    const { out } = await folder.coex(['run', 'a.yaml'], undefined, env);
    expect(out).toContain('::error file=a.yaml,line=5');
    expect(folder.read('page')).toMatch(/^before\n## coex: broken/);
  });

  test('a report that cannot be written changes nothing of the verdict', async () => {
    const folder = folderWith(mute);
    folder.write('full', '');
    const early = await folder.coex(['run', 'b.yaml', '--report', 'json=full/r.json']);
    expect(early.exitCode).toBe(2);
    expect(early.err).toContain('cannot be written');
    // A device that takes nothing: the folder is there, and opening it works.
    const late = await folder.coex(['run', 'a.yaml', '--report', 'json=/dev/full']);
    expect(late.err).toMatch(/--report: \/dev\/full cannot be written: .*ENOSPC/);
    expect(late.exitCode).toBe(1);
    const log = await folder.coex(['run', 'a.yaml', '--log', '/dev/full']);
    expect(log.err).toMatch(/--log: \/dev\/full cannot be written: .*ENOSPC/);
    expect(log.exitCode).toBe(1);
    const baseline = await folder.coex(['run', 'a.yaml', '--update-baseline', '--baseline', 'full/b.yaml']);
    expect(baseline.err).toMatch(/--update-baseline: \S*full\/b\.yaml cannot be written: .*EEXIST/);
    expect(baseline.exitCode).toBe(1);
  });

  test('the parts of a run are joined', async () => {
    const folder = folderWith({ ...mute, 'd.yaml': proving });
    for (const part of ['1/2', '2/2'])
      await folder.coex([
        'run',
        'b.yaml',
        'd.yaml',
        '--shard',
        part,
        '--report',
        `json=${part[0] ?? ''}.json`,
      ]);
    const { out, exitCode } = await folder.coex(['merge', '1.json', '2.json', '--format', 'json']);
    expect(played(out)).toEqual(['b', 'd']);
    expect(json(out).obligations).toMatchObject([{ id: obligation, verdict: 'fail' }]);
    expect(exitCode).toBe(1);
    const twice = await folder.coex(['merge', '1.json', '1.json']);
    expect(twice.err).toContain(
      '1.json: It is no part of the same run: “b” was played in an earlier part already.',
    );
    expect((await folder.coex(['merge', 'b.yaml'])).err).toContain('It is no JSON');
    folder.write('other.json', '{"coex": "1"}');
    expect((await folder.coex(['merge', 'other.json'])).err).toContain('It is no report of coex');
  });
});

describe('the baseline', () => {
  const baselined = { ...mute, 'p.yaml': proving };
  const args = ['run', 'p.yaml'];

  test('is written, tolerates, and fails the run once it is outdated', async () => {
    const folder = folderWith(baselined);
    expect((await folder.coex([...args, '--update-baseline'])).exitCode).toBe(1);
    expect(folder.read('coex.baseline.yaml')).toMatch(
      new RegExp(`- obligation: ${obligation}\n  scenario: p\n  reason: not explained yet\n  until: \\d{4}`),
    );
    const tolerated = await folder.coex(args);
    expect(tolerated.out).toContain('waived until');
    expect(tolerated.exitCode).toBe(0);
    folder.write('coex.config.yaml', config('good'));
    const mended = await folder.coex(args);
    expect(mended.out).toMatch(/Baseline coex\.baseline\.yaml:\d+:3: .* is kept now; take the entry out/);
    expect(mended.exitCode).toBe(1);
    expect((await folder.coex([...args, '--update-baseline'])).exitCode).toBe(1);
    expect((await folder.coex(args)).exitCode).toBe(0);
  });

  test('is written where a name says that has no file yet', async () => {
    const folder = folderWith(baselined);
    const named = [...args, '--baseline', 'known.yaml'];
    expect((await folder.coex([...named, '--update-baseline'])).err).toContain('known.yaml: 1 entry.');
    expect((await folder.coex(named)).exitCode).toBe(0);
  });

  test('is named by the config, beside it', async () => {
    const folder = folderWith({ ...baselined, 'coex.config.yaml': config('mute', 'baseline: known.yaml') });
    expect((await folder.coex(args)).err).toContain('There is no such file');
    folder.write('known.yaml', `- { obligation: ${obligation}, reason: r, until: 2026-01-01 }\n`);
    const { out, exitCode } = await folder.coex(args);
    expect(out).toMatch(/Baseline known\.yaml:1:3: .* has expired/);
    expect(exitCode).toBe(1);
  });
});

test('a real secret in the config is warned about, and nothing of it is written anywhere', async () => {
  const secret = '0123456789abcdef0123456789abcdef';
  const text = config('good').replace('  numbers:', `  appSecret: ${secret}\n  numbers:`);
  const folder = folderWith({ ...files, 'coex.config.yaml': text });
  const { out, err, exitCode } = await folder.coex(['run', 'a.yaml', '--report', 'json=r.json']);
  expect(err).toContain('coex.config.yaml:2:14: “sut.appSecret” looks like a real secret');
  expect(err).toContain('Write ${WHATSAPP_APP_SECRET} there');
  expect(out + err + folder.read('r.json')).not.toContain(secret);
  expect(exitCode).toBe(0);
  expect(readdirSync(folder.cwd)).toContain('r.json');
});
