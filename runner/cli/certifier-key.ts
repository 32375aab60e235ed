/** The certifier's key: made once by `coex keygen`, kept in a file that only its owner reads. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint, publicBase64 } from '../certificate/certificate.ts';
import { Mistake } from '../plan/mistake.ts';
import { readText } from './files.ts';
import type { ExitCode, Io } from './io.ts';

export interface KeygenFlags {
  /** Path of both files, without their ending. */
  readonly out: string;
}

/** @throws Mistake where a key of that name exists: whoever loses one cannot sign with it again */
export function keygen({ out }: KeygenFlags, io: Io): ExitCode {
  const [secret, shared] = [`${out}.key.pem`, `${out}.pub.pem`];
  for (const file of [secret, shared])
    if (existsSync(path.resolve(io.cwd, file)))
      throw new Mistake({
        message: 'There is a key of that name already.',
        place: file,
        hint: 'Name another with --out, or move this one away first.',
      });
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  write(path.resolve(io.cwd, secret), String(privateKey.export({ format: 'pem', type: 'pkcs8' })), 0o600);
  write(path.resolve(io.cwd, shared), String(publicKey.export({ format: 'pem', type: 'spki' })), 0o644);
  io.out.write(`${secret}  keep it secret; coex certify --key signs with it
${shared}  give it to whoever verifies: coex verify --key
${fingerprint(publicBase64(publicKey))}  what people compare
`);
  return 0;
}

function write(file: string, text: string, mode: number): void {
  try {
    // `wx`: somebody may have made the file in the meantime.
    writeFileSync(file, text, { mode, flag: 'wx' });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Mistake({ message: `It cannot be written: ${reason}`, place: file });
  }
}

/** @throws Mistake where the file holds no private Ed25519 key */
export function readPrivateKey(file: string, io: Pick<Io, 'cwd'>): KeyObject {
  return readKey(file, io, 'private', (text) => createPrivateKey(text));
}

/** @throws Mistake where the file holds no Ed25519 key; of a private one the public half is taken */
export function readPublicKey(file: string, io: Pick<Io, 'cwd'>): KeyObject {
  return readKey(file, io, 'public', (text) => createPublicKey(text));
}

function readKey(
  file: string,
  { cwd }: Pick<Io, 'cwd'>,
  half: string,
  read: (text: string) => KeyObject,
): KeyObject {
  const text = readText(path.resolve(cwd, file), file);
  try {
    const key = read(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Told below, as any other file that is no such key.
  }
  throw new Mistake({
    message: `It holds no ${half} Ed25519 key.`,
    place: file,
    hint: 'coex keygen makes a pair.',
  });
}
