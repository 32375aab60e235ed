/** Multipart bodies, read with busboy; loaded when the first one comes, since most systems never send one. */
import type { BusboyHeaders } from '@fastify/busboy';
import type { UploadedFile } from '../core/feature.ts';

export interface Multipart {
  /** Fields in the order they came. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly files: Readonly<Record<string, UploadedFile>>;
}

/** Most parts of one body; Meta's largest form has a handful. */
const maxParts = 50;

/** @throws where the body is no multipart form of the given content type */
export async function readMultipart(body: Buffer, contentType: string): Promise<Multipart> {
  const { Busboy } = await import('@fastify/busboy');
  const headers: BusboyHeaders = { 'content-type': contentType };
  const reader = Busboy({ headers, limits: { parts: maxParts } });
  const fields: [string, string][] = [];
  const files: Record<string, UploadedFile> = {};
  return new Promise((resolve, reject) => {
    reader.on('field', (name, value) => fields.push([name, value]));
    reader.on('file', (name, stream, filename, _encoding, mimeType) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        files[name] = { name: filename, mimeType, bytes: Buffer.concat(chunks) };
      });
    });
    reader.on('error', reject);
    reader.on('finish', () => {
      resolve({ fields, files });
    });
    reader.end(body);
  });
}
