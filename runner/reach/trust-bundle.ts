/**
 * The certificates that a program trusts where a variable replaces its whole list: what it trusted before, and ours.
 *
 * Without the rest it could no longer speak to anybody else.
 */
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';

/** Where Debian, Fedora, Alpine and macOS keep theirs; a company's own authority is in there as well. */
const machineBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
];

/**
 * @param authority - our certificate, PEM
 * @param given - a list that whoever starts us has named, such as the value of `SSL_CERT_FILE`
 * @returns PEM, each certificate once
 */
export function trustBundle(authority: string, given: string | undefined): string {
  const lists = [given, ...machineBundles].flatMap((file) => readIfThere(file));
  const all = [...rootCertificates, ...lists, authority].flatMap((text) => certificatesIn(text));
  // The same certificate is broken into lines of other lengths in another list.
  const once = new Map(all.map((text) => [text.replaceAll(/\s/g, ''), text]));
  return `${[...once.values()].join('\n')}\n`;
}

function readIfThere(file: string | undefined): string[] {
  if (file === undefined || file === '') return [];
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    // Not this kind of machine, or a stale variable, which the program would not have been able to read either.
    return [];
  }
}

const certificatesIn = (text: string): string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
