/** Certificates: strict programs accept them, and they are good for Meta's hosts alone. */
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect as connectTls, rootCertificates } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAuthority } from './authority.ts';
import { isThere, run } from './programs.test.setup.ts';
import { openMetaStandIn, type MetaStandIn } from './stand-in.ts';
import { trustBundle } from './trust-bundle.ts';

const hasOpenssl = await isThere('openssl', 'version');
const folder = mkdtempSync(path.join(tmpdir(), 'coex-certificates-'));
let standIn: MetaStandIn;

beforeAll(async () => {
  standIn = await openMetaStandIn({ graphUrl: 'http://127.0.0.1:1', tls: { port: 0 } });
});
afterAll(async () => {
  await standIn.close();
  rmSync(folder, { recursive: true });
});

const fingerprints = (file: string): string[] =>
  readFileSync(file, 'utf8')
    .split(/(?<=-----END CERTIFICATE-----\n)/)
    .map((text) => new X509Certificate(text).fingerprint256);

test('the bundle holds the public roots and ours, once each', () => {
  const bundle = fingerprints(standIn.bundleFile);
  expect(new Set(bundle).size).toBe(bundle.length);
  expect(bundle).toEqual(expect.arrayContaining(fingerprints(standIn.authorityFile)));
  const roots = rootCertificates.map((text) => new X509Certificate(text).fingerprint256);
  expect(bundle).toEqual(expect.arrayContaining(roots));
});

test('what is trusted by SSL_CERT_FILE already is trusted still', () => {
  const own = path.join(folder, 'own.pem');
  writeFileSync(own, readFileSync(standIn.authorityFile));
  const bundle = trustBundle(rootCertificates[0] ?? '', own);
  expect(bundle).toContain(readFileSync(standIn.authorityFile, 'utf8').trim());
  expect(trustBundle('', path.join(folder, 'nothing.pem'))).not.toBe('');
});

test('files hold no key', () => {
  for (const file of [standIn.authorityFile, standIn.bundleFile]) {
    expect(readFileSync(file, 'utf8')).not.toContain('PRIVATE KEY');
  }
});

test('a certificate names its host, and is for servers alone', async () => {
  const ca = readFileSync(standIn.authorityFile, 'utf8');
  const servername = 'lookaside.fbsbx.com';
  const socket = connectTls({ host: '127.0.0.1', port: standIn.tlsPort ?? 0, servername, ca });
  await once(socket, 'secureConnect');
  const { subjectaltname, ext_key_usage: usage, raw } = socket.getPeerCertificate();
  socket.destroy();
  expect(subjectaltname).toBe(`DNS:${servername}`);
  expect(usage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect([new X509Certificate(raw).ca, new X509Certificate(ca).ca]).toEqual([false, true]);
});

test.skipIf(!hasOpenssl)(
  'OpenSSL finds nothing wrong with the certificates, by its strictest rules',
  async () => {
    const look = (host: string): ReturnType<typeof run> =>
      run('openssl', [
        's_client',
        ...['-connect', `127.0.0.1:${standIn.tlsPort ?? 0}`, '-servername', host, '-verify_hostname', host],
        ...[
          '-CAfile',
          standIn.authorityFile,
          '-x509_strict',
          '-verify_return_error',
          '-no-CApath',
          '-no-CAstore',
        ],
      ]);
    for (const host of ['graph.facebook.com', 'lookaside.fbsbx.com', 'www.facebook.com']) {
      const { stdout, stderr } = await look(host);
      expect(stdout, stderr).toContain('Verify return code: 0 (ok)');
    }
    expect((await look('example.org')).code).not.toBe(0);
  },
);

test.skipIf(!hasOpenssl)('the authority can vouch for nobody else', async () => {
  const authority = await createAuthority(['facebook.com']);
  const file = path.join(folder, 'limited.pem');
  writeFileSync(file, authority.certificate);
  const context = await authority.contextFor('bank.example');
  const server = createTlsServer({ SNICallback: (_name, done) => done(null, context) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { stdout, stderr } = await run('openssl', [
    's_client',
    ...['-connect', `127.0.0.1:${port}`, '-servername', 'bank.example', '-CAfile', file],
  ]);
  expect(stdout + stderr).toContain('permitted subtree violation');
  server.closeAllConnections();
  server.close();
});
