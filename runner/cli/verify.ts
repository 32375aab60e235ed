/** `coex verify`: whether a certificate holds. Needs no network and no system under test. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { certificateValidator } from '../../contracts/catalogue.ts';
import { fingerprint, publicBase64, type Certificate } from '../certificate/certificate.ts';
import { sealProblems, verifyCertificate } from '../certificate/verify.ts';
import { Mistake } from '../plan/mistake.ts';
import { readPublicKey } from './certifier-key.ts';
import { readText } from './files.ts';
import { readInstalled } from './installed.ts';
import type { ExitCode, Io } from './io.ts';
import { quote } from './quote.ts';

export interface VerifyFlags {
  /** File of the public key that the certifier is known by. */
  readonly key?: string;
  /** Missing: `bundle.zip` beside the certificate. */
  readonly bundle?: string;
}

/** @param given - the certificate's file, or the folder that holds certificate and bundle */
export async function verify(given: string, flags: VerifyFlags, io: Io): Promise<ExitCode> {
  const shown = isFolder(path.resolve(io.cwd, given)) ? path.join(given, 'certificate.json') : given;
  const text = readText(path.resolve(io.cwd, shown), shown);
  const certificate = readCertificate(text, shown);
  const claims = certificate.certificate;
  const bundle = readBundle(flags.bundle ?? path.join(path.dirname(shown), 'bundle.zip'), io);
  const trusted = flags.key === undefined ? undefined : publicBase64(readPublicKey(flags.key, io));
  const installed = readInstalled(io);
  const seal = { certificate, text, bundle, ...(trusted !== undefined && { trusted }) };
  const isOurs = claims.coex === installed.version;
  const problems = isOurs ? await verifyCertificate(seal, installed) : sealProblems(seal);
  if (problems.length > 0) {
    for (const { what, message } of problems) io.out.write(`✗ ${what}: ${message}\n`);
    io.out.write(`\nThe certificate does not hold.\n`);
    return 1;
  }
  if (!isOurs) {
    io.err
      .write(`Nothing was changed since it was signed. It was made by coex ${claims.coex}, and this is ${installed.version}: scenarios and judge may
differ, so that its verdicts have to be judged again by its own version: npx coex@${quote(claims.coex)} verify ${quote(given)}
`);
    return 3;
  }
  const count = Object.keys(claims.obligations).length;
  const waived = Object.values(claims.obligations).filter((one) => one === 'waived').length;
  io.out.write(`✓ The certificate holds.

  system       ${claims.system}
  keeps        ${count - waived} of the ${count} obligations that ${claims.set} demands of ${claims.profiles.join(', ')}${waived > 0 ? `; ${waived} waived` : ''}
  examined     ${claims.at}, by coex ${claims.coex}
  signed by    ${fingerprint(claims.key)}${trusted === undefined ? ', whoever that is: name the key you trust with --key' : ', whom you trust'}
  judged again ${Object.keys(claims.bundle.files).filter((name) => name.startsWith('tapes/')).length} scenarios, from what was seen in them
`);
  for (const { obligation, reason, until } of claims.waivers)
    io.out.write(`  waived       ${obligation} until ${until}: ${reason}\n`);
  return 0;
}

const isFolder = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;

function readCertificate(text: string, place: string): Certificate {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Mistake({ message: `It is no certificate: ${reason}`, place }, 2);
  }
  const [finding] = certificateValidator()(data);
  if (finding)
    throw new Mistake({
      message: `It is no certificate of coex: “${finding.pointer || '/'}” ${finding.message}.`,
      place,
    });
  return data as Certificate;
}

function readBundle(file: string, { cwd }: Io): Uint8Array {
  try {
    return readFileSync(path.resolve(cwd, file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Mistake({
      message: `The bundle cannot be read: ${reason}`,
      place: file,
      hint: 'It lies beside the certificate, or is named with --bundle.',
    });
  }
}
