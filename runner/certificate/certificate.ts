/**
 * A certificate: what was demanded of a system, that it kept it, and the digest of everything that shows it. JSON, signed
 * with Ed25519 (RFC 8032). Pure.
 */
import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** The form of certificates that this version writes and reads. */
export const format = 'coex-certificate/1';

export interface Claims {
  readonly format: typeof format;
  /** Version of coex that examined, and that can examine again. */
  readonly coex: string;
  /** The frozen set, and the digest of its file. */
  readonly set: string;
  readonly setDigest: string;
  readonly profiles: readonly string[];
  /** What was examined, in the certifier's words. */
  readonly system: string;
  /** When the run began, ISO 8601. */
  readonly at: string;
  readonly seed: string;
  /** Every obligation that the set demands of these profiles. */
  readonly obligations: Readonly<Record<string, 'pass' | 'waived'>>;
  /** SHOULDs that were broken, and why that was accepted. */
  readonly waivers: readonly {
    readonly obligation: string;
    readonly scenario?: string;
    readonly reason: string;
    readonly until: string;
  }[];
  readonly bundle: {
    /** SHA-256 of the whole zip, hexadecimal. */
    readonly sha256: string;
    readonly bytes: number;
    /** SHA-256 of each file in it. */
    readonly files: Readonly<Record<string, string>>;
  };
  /** The certifier's public key: SPKI, DER, base64. */
  readonly key: string;
}

export interface Certificate {
  readonly certificate: Claims;
  /** Of the claims as {@link claimBytes} writes them; base64. */
  readonly signature: string;
}

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');

/** What is signed. */
const claimBytes = (claims: Claims): Buffer => Buffer.from(JSON.stringify(claims));

/** As a file holds it; a file that is written otherwise is not one of ours. */
export const renderCertificate = (certificate: Certificate): string =>
  `${JSON.stringify(certificate, null, 2)}\n`;

/** @param key - a private Ed25519 key; the certificate names its public half */
export function signClaims(claims: Omit<Claims, 'key' | 'format'>, key: KeyObject): Certificate {
  const whole: Claims = { format, ...claims, key: publicBase64(createPublicKey(key)) };
  return { certificate: whole, signature: sign(null, claimBytes(whole), key).toString('base64') };
}

/** Whether the claims are as they were when the holder of their key signed them. */
export function isSigned({ certificate, signature }: Certificate): boolean {
  // Base64 may carry bits that nobody decodes; a change of those is a change, too.
  if (!isExact(signature) || !isExact(certificate.key)) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(certificate.key, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, claimBytes(certificate), key, Buffer.from(signature, 'base64'));
  } catch {
    // No key at all: whoever wrote this signed nothing.
    return false;
  }
}

const isExact = (base64: string): boolean => Buffer.from(base64, 'base64').toString('base64') === base64;

export const publicBase64 = (key: KeyObject): string =>
  key.export({ format: 'der', type: 'spki' }).toString('base64');

/** What people compare: SHA-256 of the public key, as `SHA256:…`, base64 without padding, like OpenSSH's. */
export const fingerprint = (publicKey: string): string =>
  `SHA256:${createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('base64').replace(/=+$/, '')}`;
