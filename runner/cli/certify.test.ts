/** A real system is certified once; then its certificate is tampered with in every way that came to mind. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../contracts/catalogue.ts';
import {
  digestsOf,
  packBundle,
  reportFile,
  scenarioFile,
  setFile,
  tapeFile,
  unpackBundle,
} from '../certificate/bundle.ts';
import {
  renderCertificate,
  sha256,
  signClaims,
  type Certificate,
  type Claims,
} from '../certificate/certificate.ts';
import type { Tape } from '../judge/tape.ts';
import type { Report } from '../judge/verdict.ts';
import { config, folderWith } from './program.test.setup.ts';

const specimen = path.join(packageRoot(), 'runner/specimens/conforming/coex.config.yaml');
const receiver = [
  'certify',
  '--key',
  'c.key.pem',
  '--system',
  'Inbox 1',
  '--profile',
  'receiver',
  '-c',
  specimen,
];

let folder: ReturnType<typeof folderWith>;
let original: { readonly text: string; readonly zip: Buffer };

beforeAll(async () => {
  folder = folderWith({});
  expect((await folder.coex(['keygen', '--out', 'c'])).exitCode).toBe(0);
  const { out, exitCode } = await folder.coex(receiver);
  expect(out).toContain('Certified: Inbox 1 keeps what 2026-11 demands of receiver.');
  expect(exitCode).toBe(0);
  original = {
    text: folder.read('coex-certificate/certificate.json'),
    zip: readFileSync(path.join(folder.cwd, 'coex-certificate/bundle.zip')),
  };
});

/** Verifies a certificate and a bundle that stand in for the true ones. */
async function verify(text: string, zip: Uint8Array, args: readonly string[] = ['--key', 'c.pub.pem']) {
  writeFileSync(path.join(folder.cwd, 'given.json'), text);
  writeFileSync(path.join(folder.cwd, 'given.zip'), zip);
  return folder.coex(['verify', 'given.json', '--bundle', 'given.zip', ...args]);
}

const certificate = (): Certificate => JSON.parse(original.text) as Certificate;
const files = (): Record<string, string> => ({ ...unpackBundle(original.zip) });
const key = () => createPrivateKey(folder.read('c.key.pem'));
const scenario = 'adversity/a-forged-webhook-is-refused';
const take = (all: Record<string, string>, name: string): void => void Reflect.deleteProperty(all, name);

test('what was not touched holds, and says what it says', async () => {
  const { out, exitCode } = await verify(original.text, original.zip);
  expect(out).toContain('✓ The certificate holds.');
  expect(out).toContain('keeps        17 of the 17 obligations that 2026-11 demands of receiver');
  expect(out).toMatch(/signed by {4}SHA256:\S{43}, whom you trust/);
  expect(exitCode).toBe(0);
  const unnamed = await folder.coex(['verify', 'coex-certificate']);
  expect(unnamed.out).toContain('whoever that is');
  expect(Object.keys(files())).toContain('report.html');
});

test('the private key is read by its owner alone, and nothing is overwritten', async () => {
  expect(statSync(path.join(folder.cwd, 'c.key.pem')).mode & 0o777).toBe(0o600);
  const { err, exitCode } = await folder.coex(['keygen', '--out', 'c']);
  expect(err).toContain('c.key.pem: There is a key of that name already.');
  expect(exitCode).toBe(2);
});

test('no secret is in the bundle', () => {
  const { appSecret } = { appSecret: /appSecret: (\S+)/.exec(readFileSync(specimen, 'utf8'))?.[1] };
  const all = Object.values(files()).join('\n');
  expect(all).not.toMatch(/EAA[A-Za-z0-9]{20,}/);
  if (appSecret !== undefined) expect(all).not.toContain(appSecret);
});

describe('by somebody without the key', () => {
  const claim = (change: (claims: Record<string, unknown>) => void): string => {
    const changed = JSON.parse(original.text) as { certificate: Record<string, unknown>; signature: string };
    change(changed.certificate);
    return renderCertificate(changed as Pick<Certificate, 'signature'> & { certificate: never });
  };
  test.each<[string, () => string, RegExp]>([
    ['another system', () => claim((one) => (one['system'] = 'Inbox 2')), /✗ signature: /],
    ['another day', () => claim((one) => (one['at'] = '2027-01-01T00:00:00.000Z')), /✗ signature: /],
    ['another seed', () => claim((one) => (one['seed'] = 'x')), /✗ signature: /],
    ['another version', () => claim((one) => (one['coex'] = '9.9.9')), /✗ signature: /],
    [
      'another set',
      () => claim((one) => (one['set'] = '2026-12')),
      /✗ signature: [\s\S]*✗ set: There is no set/,
    ],
    [
      'a profile more',
      () => claim((one) => (one['profiles'] = ['receiver', 'inbox'])),
      /✗ signature: [\s\S]*✗ \S+: It is demanded, and not claimed/,
    ],
    [
      'an obligation less',
      () => claim((one) => delete (one['obligations'] as Record<string, unknown>)['echo-is-acknowledged']),
      /✗ signature: [\s\S]*✗ echo-is-acknowledged: It is demanded, and not claimed/,
    ],
    [
      'an obligation more',
      () =>
        claim((one) => ((one['obligations'] as Record<string, unknown>)['echo-is-not-answered'] = 'pass')),
      /✗ signature: [\s\S]*✗ echo-is-not-answered: It is claimed, and not demanded/,
    ],
    [
      'another digest of the bundle',
      () => claim((one) => ((one['bundle'] as Record<string, unknown>)['sha256'] = '0'.repeat(64))),
      /✗ signature: /,
    ],
    [
      'a blank more',
      () => original.text.replace('": ', '":  '),
      /✗ certificate\.json: It is not written as coex writes it/,
    ],
    ['a line end more', () => `${original.text}\n`, /✗ certificate\.json: /],
    [
      'a byte of the signature',
      () =>
        original.text.replace(
          /("signature": ")(.)/,
          (_all, before: string, one: string) => `${before}${one === 'A' ? 'B' : 'A'}`,
        ),
      /✗ signature: /,
    ],
    [
      'the last bits of the signature, which nobody decodes',
      () =>
        original.text.replace(
          /(.)==/,
          (_all, one: string) => `${String.fromCharCode(one.charCodeAt(0) + 1)}==`,
        ),
      /✗ (signature|certificate\.json): /,
    ],
  ])('%s', async (_what, change, told) => {
    const text = change();
    expect(text).not.toBe(original.text);
    const { out, exitCode } = await verify(text, original.zip);
    expect(out).toMatch(told);
    expect(out).toContain('The certificate does not hold.');
    expect(exitCode).toBe(1);
  });

  test('a certificate that is cut off is none', async () => {
    const { err, exitCode } = await verify(original.text.slice(0, -20), original.zip);
    expect(err).toContain('given.json: It is no certificate');
    expect(exitCode).toBe(2);
  });

  test('signed again, by another key', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const text = renderCertificate(signClaims(certificate().certificate, privateKey));
    const { out, exitCode } = await verify(text, original.zip);
    expect(out).toMatch(/✗ key: It was signed by SHA256:\S+, and you trust SHA256:/);
    expect(exitCode).toBe(1);
  });

  test.each<[string, (all: Record<string, string>) => void, RegExp]>([
    [
      'a byte of a tape',
      (all) => (all[tapeFile(scenario)] = all[tapeFile(scenario)]?.replace('"status":4', '"status":2') ?? ''),
      /✗ tapes\/adversity\/a-forged-webhook-is-refused\.json: It was changed/,
    ],
    [
      'a byte of the report',
      (all) => (all[reportFile] = `${all[reportFile] ?? ''} `),
      /✗ report\.json: It was changed/,
    ],
    [
      'a byte of the page',
      (all) => (all['report.html'] = `${all['report.html'] ?? ''} `),
      /✗ report\.html: It was changed/,
    ],
    [
      'a byte of a scenario',
      (all) => (all[scenarioFile(scenario)] = `${all[scenarioFile(scenario)] ?? ''}#`),
      /✗ scenarios\/adversity\/a-forged-webhook-is-refused\.yaml: It was changed/,
    ],
    ['a byte of the set', (all) => (all[setFile] = `${all[setFile] ?? ''}#`), /✗ set\.yaml: It was changed/],
    [
      'a tape less',
      (all) => take(all, tapeFile(scenario)),
      /✗ tapes\/adversity\/a-forged-webhook-is-refused\.json: It was taken out/,
    ],
    [
      'a file more',
      (all) => (all['readme.txt'] = 'all is well'),
      /✗ readme\.txt: It was put into the bundle/,
    ],
  ])('in the bundle: %s', async (_what, change, told) => {
    const all = files();
    change(all);
    const { out, exitCode } = await verify(original.text, packBundle(all));
    expect(out).toMatch(told);
    expect(exitCode).toBe(1);
  });

  test('any byte of the zip: the file is named, or the zip around it', async () => {
    // 24 places, evenly spread, and both ends.
    const { length } = original.zip;
    const places = [
      0,
      length - 1,
      ...Array.from({ length: 24 }, (_one, index) => Math.floor(((index + 0.5) * length) / 24)),
    ];
    for (const place of places) {
      const zip = Buffer.from(original.zip);
      zip[place] = (zip[place] ?? 0) ^ 1;
      const { out, exitCode } = await verify(original.text, zip);
      expect({ place, out }).toEqual({
        place,
        out: expect.stringMatching(
          /✗ (bundle\.zip|report\.\w+|set\.yaml|(tapes|scenarios)\/\S+): /,
        ) as string,
      });
      expect(exitCode).toBe(1);
    }
  }, 120_000);

  test('bytes behind the zip, and half of one', async () => {
    for (const zip of [Buffer.concat([original.zip, Buffer.from('x')]), original.zip.subarray(0, 5_000)])
      expect((await verify(original.text, zip)).out).toMatch(/✗ bundle\.zip: /);
  });
});

/** Whoever holds the key can sign anything; that verdicts follow from what was seen is all that is left to check. */
describe('by the certifier, who signs again', () => {
  type Change = (claims: Claims, all: Record<string, string>) => Claims;
  const tape = (all: Record<string, string>, id: string): Tape => JSON.parse(all[tapeFile(id)] ?? '') as Tape;
  const retape =
    (id: string, change: (one: Tape) => Tape): Change =>
    (claims, all) => {
      all[tapeFile(id)] = JSON.stringify(change(tape(all, id)));
      return claims;
    };
  const put =
    (name: string, text: string): Change =>
    (claims, all) => {
      all[name] = text;
      return claims;
    };
  const accepted = (one: Tape): Tape => ({
    ...one,
    exchanges: one.exchanges.map((exchange) =>
      exchange.kind === 'webhook' && !exchange.genuine
        ? { ...exchange, result: { kind: 'answered', status: 200, body: '' } }
        : exchange,
    ),
  });
  test.each<[string, Change, RegExp]>([
    [
      'a system that took a forged webhook',
      retape(scenario, accepted),
      /✗ bad-signature-is-refused: It is claimed as “pass”, and judged again it is “fail”/,
    ],
    [
      'an exchange that is cut out',
      retape(scenario, (one) => ({ ...one, exchanges: one.exchanges.slice(1) })),
      /The tape of \S+ is not whole: exchange 1 is missing/,
    ],
    [
      'a step that is cut out',
      retape(scenario, (one) => ({ ...one, moments: one.moments.filter(({ step }) => step !== 1) })),
      /is not whole: step 2 is missing/,
    ],
    [
      'an end that is cut off',
      retape(scenario, (one) => ({ ...one, moments: one.moments.slice(0, -1) })),
      /is not whole: it ends after/,
    ],
    [
      'a tape of another scenario',
      (claims, all) => {
        const other =
          Object.keys(all).find((name) => name.startsWith('tapes/') && name !== tapeFile(scenario)) ?? '';
        all[tapeFile(scenario)] = all[other] ?? '';
        return claims;
      },
      /is not whole: it is one of/,
    ],
    [
      'a tape that is none',
      put(tapeFile(scenario), '[]'),
      /tapes\/adversity\/a-forged-webhook-is-refused\.json: /,
    ],
    [
      'a tape less',
      (claims, all) => {
        take(all, tapeFile(scenario));
        return claims;
      },
      /✗ tapes\/\S+: It is missing from the bundle/,
    ],
    [
      'a milder scenario',
      (claims, all) => {
        all[scenarioFile(scenario)] = (all[scenarioFile(scenario)] ?? '').replace(
          /- expect\.refused.*\n/,
          '',
        );
        return claims;
      },
      /✗ scenarios\/adversity\/a-forged-webhook-is-refused\.yaml: It is not the one of coex/,
    ],
    [
      'a milder set',
      (claims, all) => {
        all[setFile] = (all[setFile] ?? '').replace('    - bad-signature-is-refused\n', '');
        return { ...claims, setDigest: sha256(all[setFile] ?? '') };
      },
      /✗ setDigest: [\s\S]*✗ set\.yaml: It is not the one of coex/,
    ],
    [
      'an obligation left out',
      (claims) => {
        const { 'bad-signature-is-refused': _one, ...rest } = claims.obligations;
        return { ...claims, obligations: rest };
      },
      /✗ bad-signature-is-refused: It is demanded, and not claimed/,
    ],
    [
      'a MUST that is waived',
      (claims) => ({
        ...claims,
        obligations: { ...claims.obligations, 'bad-signature-is-refused': 'waived' },
        waivers: [{ obligation: 'bad-signature-is-refused', reason: 'r', until: '2099-01-01' }],
      }),
      /✗ bad-signature-is-refused: A MUST cannot be waived/,
    ],
    [
      'a report that says otherwise',
      (claims, all) => {
        const report = JSON.parse(all[reportFile] ?? '') as Report;
        const scenarios = report.scenarios.map((one) => ({
          ...one,
          obligations: one.obligations.map(({ id }) => ({ id, verdict: 'fail' })),
        }));
        all[reportFile] = JSON.stringify({ ...report, scenarios });
        return claims;
      },
      /✗ report\.json: It says “fail” of/,
    ],
    ['a report that is none', put(reportFile, 'kept'), /✗ report\.json: It is no report/],
    ['a file more', put('more.txt', 'x'), /✗ more\.txt: Nothing of that name belongs into a bundle/],
  ])('%s', async (_what, change, told) => {
    const all = files();
    const claims = change(certificate().certificate, all);
    const zip = packBundle(all);
    const bundle = { sha256: sha256(zip), bytes: zip.length, files: digestsOf(all) };
    const text = renderCertificate(signClaims({ ...claims, bundle }, key()));
    const { out, exitCode } = await verify(text, zip);
    expect(out).toMatch(told);
    expect(exitCode).toBe(1);
  });

  test('another version cannot judge, and says which can', async () => {
    const text = renderCertificate(signClaims({ ...certificate().certificate, coex: '0.0.1' }, key()));
    const { err, exitCode } = await verify(text, original.zip);
    expect(err).toContain('npx coex@0.0.1 verify');
    expect(exitCode).toBe(3);
  });
});

describe('nothing is certified', () => {
  test('of a system that breaks what is demanded; what was seen is kept', async () => {
    const lax = folderWith({ 'coex.config.yaml': config('good') });
    await lax.coex(['keygen', '--out', 'c']);
    const { err, exitCode } = await lax.coex([...receiver.slice(0, -2), '--out', 'out']);
    expect(err).toContain('bad-signature-is-refused is broken');
    expect(exitCode).toBe(1);
    const seen = unpackBundle(readFileSync(path.join(lax.cwd, 'out/bundle.zip')));
    expect(JSON.parse(seen?.[reportFile] ?? '')).toMatchObject({ exitCode: 1 });
    expect((await lax.coex(['verify', 'out'])).exitCode).toBe(2);
  }, 120_000);

  test.each<[string, string, readonly string[], RegExp]>([
    [
      'while a MUST is waived',
      '- { obligation: bad-signature-is-refused, reason: r, until: 2099-01-01 }',
      [],
      /coex\.baseline\.yaml:1:3: “bad-signature-is-refused” is a MUST/,
    ],
    ['for a set that is none', '', ['--set', '2026-10'], /There is no set “2026-10”.*\n.*2026-11/],
    ['for a profile that is none', '', ['--profile', 'recever'], /demands nothing of a profile “recever”/],
    [
      'with a key that is none',
      '',
      ['--key', 'coex.config.yaml'],
      /coex\.config\.yaml: It holds no private Ed25519 key/,
    ],
    ['into a folder that cannot be one', '', ['--out', 'coex.config.yaml/x'], /--out: .* cannot be written/],
  ])('%s', async (_what, baseline, args, told) => {
    const own = folderWith({
      'coex.config.yaml': config('good'),
      ...(baseline !== '' && { 'coex.baseline.yaml': baseline }),
    });
    await own.coex(['keygen', '--out', 'c']);
    const { err, exitCode } = await own.coex([...receiver.slice(0, -2), ...args]);
    expect(err).toMatch(told);
    expect(exitCode).toBe(2);
  });
});
