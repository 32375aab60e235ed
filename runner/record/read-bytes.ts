/** Bodies as they went over the wire → JSON, where they are JSON or a form. */
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { isFields, parseJson, type Fields } from './json.ts';

/** Largest body looked into, unpacked. */
const largest = 16 * 1_048_576;

/** @param encoding - as `content-encoding` says it */
export function readJsonBody(body: Buffer, encoding = ''): Fields | undefined {
  const unpacked = unpack(body, encoding.trim().toLowerCase());
  const read = unpacked && parseJson(unpacked.toString('utf8'));
  return isFields(read) ? read : undefined;
}

/** Query and body of a Graph call together; a file in it is not kept. */
export function readParams(query: URLSearchParams, contentType: string, body: Buffer): Fields {
  const fromQuery = Object.fromEntries(query);
  if (contentType.includes('x-www-form-urlencoded'))
    return { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
  return { ...fromQuery, ...readJsonBody(body) };
}

function unpack(body: Buffer, encoding: string): Buffer | undefined {
  try {
    const bounds = { maxOutputLength: largest };
    if (encoding === 'gzip' || encoding === 'x-gzip') return gunzipSync(body, bounds);
    if (encoding === 'br') return brotliDecompressSync(body, bounds);
    if (encoding === 'deflate') return inflateSync(body, bounds);
    return encoding === '' || encoding === 'identity' ? body : undefined;
  } catch {
    return undefined;
  }
}
