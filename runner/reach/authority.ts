/**
 * A certificate authority for one run. Its key never leaves the process, so nobody can use it later.
 *
 * Its certificate allows it Meta's domains alone: who trusts it, and forgets to take it out again, trusts it for nothing
 * else.
 */
// The library registers its algorithms by decorators and wants this to be there first.
import 'reflect-metadata';
import { KeyObject, webcrypto } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

export interface Authority {
  /** Its certificate, PEM. */
  readonly certificate: string;
  /** For a TLS server that is asked for this host; made once. @param host - below one of the domains */
  contextFor(host: string): Promise<SecureContext>;
}

const keyAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };
const issuer = 'CN=coex authority of one run, O=coex';

/** Systems under test may run by a clock of their own, years from ours; 366 days each. */
const validForMs = 10 * 366 * 24 * 3_600_000;

/** @param domains - what it may vouch for, with everything below */
export async function createAuthority(domains: readonly string[]): Promise<Authority> {
  const life = { notBefore: new Date(Date.now() - validForMs), notAfter: new Date(Date.now() + validForMs) };
  const keys = await newKeys();
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: issuer,
    ...life,
    keys,
    signingAlgorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      onlyFor(domains),
    ],
  });

  const certify = async (host: string): Promise<SecureContext> => {
    const { publicKey, privateKey } = await newKeys();
    const certificate = await X509CertificateGenerator.create({
      subject: `CN=${host}`,
      issuer: authority.subject,
      ...life,
      publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
        await SubjectKeyIdentifierExtension.create(publicKey),
        await AuthorityKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return createSecureContext({
      cert: certificate.toString('pem'),
      key: KeyObject.from(privateKey).export({ type: 'pkcs8', format: 'pem' }),
    });
  };

  const contexts = new Map<string, Promise<SecureContext>>();
  return {
    certificate: `${authority.toString('pem')}\n`,
    contextFor(host) {
      const made = contexts.get(host) ?? certify(host);
      contexts.set(host, made);
      return made;
    },
  };
}

const newKeys = (): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(keyAlgorithm, true, ['sign', 'verify']);

/** Names below the domains, and no address: a limit on names alone would leave addresses free. */
function onlyFor(domains: readonly string[]): Extension {
  const tree = (name: Partial<GeneralName>): GeneralSubtree =>
    new GeneralSubtree({ base: new GeneralName(name) });
  const constraints = new NameConstraints({
    permittedSubtrees: new GeneralSubtrees(domains.map((dNSName) => tree({ dNSName }))),
    excludedSubtrees: new GeneralSubtrees(['0.0.0.0/0', '::/0'].map((iPAddress) => tree({ iPAddress }))),
  });
  return new Extension(id_ce_nameConstraints, true, AsnConvert.serialize(constraints));
}
