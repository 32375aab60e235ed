import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Mistake } from '../plan/mistake.ts';
import { checkedName, hostsText, noViewExitCode, withPrivateHosts } from './private-hosts.ts';
import { currentAccount, machineHosts, whyNoPrivateHosts } from './private-hosts-check.ts';
import {
  close,
  isThere,
  openGraphStub,
  run,
  whyNoPhp,
  type Ended,
  type GraphStub,
} from './programs.test.setup.ts';
import { openMetaStandIn, type MetaStandIn } from './stand-in.ts';

const address = '127.0.44.5';
const folder = mkdtempSync(path.join(tmpdir(), "coex hosts'$HOME-"));
const hosts = path.join(folder, 'hosts');
writeFileSync(hosts, hostsText('127.0.0.1 localhost\n', address));
// Another account is to read it, too.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true }));

const missing = await whyNoPrivateHosts(hosts, address);
const machine = machineHosts();
afterAll(() => expect(machineHosts()).toBe(machine));

const wrapped = (command: string, file = hosts): Promise<Ended> =>
  run('/bin/sh', ['-c', withPrivateHosts(command, file, currentAccount())]);

test('the text names Meta’s hosts before those of the machine', () => {
  const lines = hostsText('127.0.0.1 localhost\n10.0.0.7 graph.facebook.com\n', '127.0.0.2').split('\n');
  expect(lines.slice(0, 2)).toEqual(['127.0.0.2 graph.facebook.com', '127.0.0.2 lookaside.fbsbx.com']);
  expect(lines).toContain('127.0.0.2 www.facebook.com');
  expect(lines.slice(-3)).toEqual(['127.0.0.1 localhost', '10.0.0.7 graph.facebook.com', '']);
});

test('root mounts at once, others by way of namespaces of their own', () => {
  expect(withPrivateHosts("echo 'it'", '/tmp/hosts', { uid: 0, gid: 0 })).toBe(
    `exec unshare --mount --propagation private -- '/bin/sh' '-c' 'mount --bind -- "$1" /etc/hosts || exit 77\nexec /bin/sh -c "$2"' 'coex-private-hosts' '/tmp/hosts' 'echo '\\''it'\\'''`,
  );
  expect(withPrivateHosts('true', '/tmp/hosts', { uid: 1000, gid: 100 })).toBe(
    `exec unshare --map-root-user --mount --propagation private -- '/bin/sh' '-c' 'mount --bind -- "$1" /etc/hosts || exit 77\nexec unshare --map-user=1000 --map-group=100 -- /bin/sh -c "$2"' 'coex-private-hosts' '/tmp/hosts' 'true'`,
  );
});

test.skipIf(missing !== undefined)('a program sees them, and nobody else does', async () => {
  expect((await wrapped('cat /etc/hosts')).stdout).toBe(readFileSync(hosts, 'utf8'));
  expect(machineHosts()).toBe(machine);
});

test
  .skipIf(missing !== undefined)
  .each([
    `printf '%s|' "a b" 'c"d' e\\'f $HOME "$0" \`echo g\` $((1+1))`,
    'cat <<EOF\n$(echo one) "two" \'three\' \\$four\nEOF',
    "trap 'echo bye' EXIT; echo hi # no comment ends it",
  ])('what is said to the shell is said as it stands: %s', async (command) => {
  const plain = await run('/bin/sh', ['-c', command]);
  expect(plain.code).toBe(0);
  expect(await wrapped(command)).toEqual(plain);
});

test.skipIf(missing !== undefined)('exit codes and signals come through', async () => {
  expect((await wrapped('exit 7')).code).toBe(7);
  expect(await wrapped('kill -TERM $$')).toMatchObject({ code: null, signal: 'SIGTERM' });
});

test.skipIf(missing !== undefined)('a program stays in its group, and ends with it', async () => {
  const command = withPrivateHosts(
    'sleep 60 & echo $$ $(cut -d" " -f5 /proc/$$/stat); wait',
    hosts,
    currentAccount(),
  );
  const child = spawn(command, { shell: true, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve) =>
    child.stdout.once('data', (part: Buffer) => resolve(part.toString('utf8'))),
  );
  const pid = child.pid ?? 0;
  expect(said.trim()).toBe(`${pid} ${pid}`);
  const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  process.kill(-pid, 'SIGTERM');
  expect(await ended).toBe('SIGTERM');
});

test.skipIf(missing !== undefined)('without its hosts it does not run', async () => {
  const { code, stdout } = await wrapped('echo ran', path.join(folder, 'nothing'));
  expect([code, stdout]).toEqual([noViewExitCode, '']);
});

const nobody = { uid: 65_534, gid: 65_534 };
const canBeNobody = currentAccount().uid === 0 && (await isThere('setpriv', '--version'));

/** As an account that is not root: it needs a namespace, which some machines do not give. */
const asNobody = (command: string): Promise<Ended> =>
  run('setpriv', [
    ...['--reuid', `${nobody.uid}`, '--regid', `${nobody.gid}`, '--clear-groups', '--'],
    ...['/bin/sh', '-c', withPrivateHosts(command, hosts, nobody)],
  ]);
const nobodyCan = missing === undefined && canBeNobody && (await asNobody('true')).code === 0;

test.skipIf(!nobodyCan)('who is not root stays who they are', async () => {
  const { stdout } = await asNobody('id -u; id -g; head -n 1 /etc/hosts; exit 3');
  expect(stdout).toBe(`${nobody.uid}\n${nobody.gid}\n${address} graph.facebook.com\n`);
  expect((await asNobody('exit 3')).code).toBe(3);
});

test('where it cannot be done, the reason is said', async () => {
  expect(await whyNoPrivateHosts(hosts, address, 'darwin')).toBe(
    'Only Linux can give a program hosts of its own; this is darwin.',
  );
  if (missing !== undefined) {
    expect(missing).toMatch(/^(This|Only) .*\.$/);
    return;
  }
  expect(await whyNoPrivateHosts(hosts, '127.0.44.6')).toBe(
    `This machine does not look names up in /etc/hosts first (it found ${address}); see /etc/nsswitch.conf.`,
  );
  expect(await whyNoPrivateHosts(path.join(folder, 'nothing'), address)).toMatch(
    /^This (root|account) may .*\(.*nothing.*\)\.$/,
  );
  expect(readFileSync(hosts, 'utf8')).toContain(checkedName);
});

/** Plain PHP and its streams: what it says of an address. */
const php = `$answer = @file_get_contents($argv[1], false, stream_context_create(['http' => ['ignore_errors' => true, 'timeout' => 5]]));
echo $answer === false ? 'failed' : $http_response_header[0] . ' ' . $answer;`;

let graph: GraphStub;
let standIn: MetaStandIn | undefined;
const refused: string[] = [];
let why: string | undefined;
beforeAll(async () => {
  graph = await openGraphStub();
  why = missing ?? (await whyNoPhp());
  try {
    const onRefused = (host: string): void => void refused.push(host);
    standIn = await openMetaStandIn({ graphUrl: graph.url, tls: { host: address }, onRefused });
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    why = error.message;
  }
}, 600_000);
afterAll(async () => {
  await standIn?.close();
  await close(graph.server);
});

const askByPhp = (
  url: string,
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<Ended> => {
  const command = `exec php -r '${php.replaceAll("'", "'\\''")}' '${url}'`;
  return run('/bin/sh', ['-c', withPrivateHosts(command, file, currentAccount())], environment);
};

test('PHP’s streams come by hosts of their own and SSL_CERT_FILE', async ({ skip }) => {
  if (!standIn || why !== undefined) skip(why);
  const { hostsFile = '', bundleFile } = standIn ?? {};
  const ask = (url: string): Promise<Ended> => askByPhp(url, hostsFile, { SSL_CERT_FILE: bundleFile ?? '' });
  expect((await ask('https://graph.facebook.com/v23.0/me')).stdout).toMatch(
    /^HTTP\/1\.1 200 OK .*"\/v23\.0\/me"/,
  );
  expect((await ask('https://www.facebook.com/v23.0/dialog')).stdout).toMatch(
    /^HTTP\/1\.1 421 Misdirected Request coex: www\.facebook\.com belongs to Meta and is not simulated/,
  );
  expect(refused).toEqual(['www.facebook.com']);
});

test('PHP’s streams pay no heed to a proxy', async ({ skip }) => {
  if (!standIn || why !== undefined) skip(why);
  // Meta's hosts lead nowhere here, so whoever does not ask the proxy reaches nobody.
  const dead = path.join(folder, 'dead');
  writeFileSync(dead, hostsText('', '127.0.44.6'));
  const { stdout } = await askByPhp('https://graph.facebook.com/v23.0/me', dead, standIn?.environment ?? {});
  expect(stdout).toBe('failed');
});
