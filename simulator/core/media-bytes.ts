/** Media nobody recorded: small files that open as what they claim to be, made from a seed whenever they are needed. */
import { createHash } from 'node:crypto';
import type { MediaKind } from './content.ts';

/** Mime type of what a person sends with each kind; a voice note and a sound file are both `audio`. */
export const mediaTypes: Readonly<Record<MediaKind, string>> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/ogg; codecs=opus',
  document: 'application/pdf',
  sticker: 'image/webp',
};

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0) & 0xff);

const fromBase64 = (base64: string): Uint8Array => latin1(atob(base64));

/** One pixel, JPEG. */
const jpegPixel = fromBase64(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
);

/** One transparent pixel, PNG. */
const pngPixel = fromBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
);

/** One pixel, lossless WebP. */
const webpPixel = fromBase64('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==');

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const uint32 = (value: number): Uint8Array =>
  Uint8Array.of(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);

/** The checksum of PNG chunks. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A box of the MP4 family: length, name, contents. */
const box = (name: string, contents: Uint8Array): Uint8Array =>
  join(uint32(contents.length + 8), latin1(name), contents);

function png(mark: Uint8Array): Uint8Array {
  const chunk = join(latin1('tEXt'), latin1('Comment\0'), mark);
  const end = pngPixel.length - 12;
  return join(
    pngPixel.slice(0, end),
    uint32(chunk.length - 4),
    chunk,
    uint32(crc32(chunk)),
    pngPixel.slice(end),
  );
}

/** A RIFF container tells its own length, the lowest byte first; a chunk nobody knows is passed over. */
function webp(mark: Uint8Array): Uint8Array {
  const chunk = join(latin1('SEED'), uint32(mark.length).reverse(), mark);
  const all = join(webpPixel, chunk);
  all.set(uint32(all.length - 8).reverse(), 4);
  return all;
}

/** The first page of an Ogg stream with an Opus head, then the seed where a tag would be; it holds no sound. */
const ogg = (mark: Uint8Array): Uint8Array =>
  join(
    latin1('OggS\0\x02'),
    new Uint8Array(8),
    mark.slice(0, 4),
    new Uint8Array(8),
    latin1('\x01\x13OpusHead\x01\x01\x38\x01\x80\xbb\0\0\0\0\0'),
    latin1('OpusTags'),
    mark,
  );

const pdf = (mark: Uint8Array): Uint8Array =>
  join(
    latin1('%PDF-1.4\n%'),
    mark,
    latin1(
      '\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
        '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
    ),
  );

/**
 * The bytes of a file.
 *
 * @param mimeType - parameters such as `; codecs=opus` may follow; a type without a maker becomes plain text
 * @param seed - 32-bit whole number; the same type and seed give the same bytes
 */
export function mediaBytes(mimeType: string, seed: number): Uint8Array {
  // Printable and of even length, so that it may stand in any comment, tag or chunk.
  const mark = latin1((seed >>> 0).toString(16).padStart(8, '0'));
  switch (mimeType.split(';')[0]) {
    case 'image/jpeg':
      // A comment segment (FF FE) behind the start of the image (FF D8).
      return join(jpegPixel.slice(0, 2), Uint8Array.of(0xff, 0xfe, 0, 10), mark, jpegPixel.slice(2));
    case 'image/png':
      return png(mark);
    case 'image/webp':
      return webp(mark);
    case 'video/mp4':
    case 'video/3gpp':
    case 'audio/mp4':
      return join(box('ftyp', latin1('isom\0\0\x02\0isommp41')), box('free', mark), box('mdat', mark));
    case 'audio/ogg':
    case 'audio/opus':
      return ogg(mark);
    case 'audio/mpeg':
      return join(latin1('ID3\x04\0\0\0\0\0\0'), latin1('\xff\xfb\x90\0'), mark);
    case 'application/pdf':
      return pdf(mark);
    default:
      return join(latin1('File '), mark, latin1('\n'));
  }
}

/** SHA-256 as webhooks print it: base64, 44 characters. */
export const sha256OfBytes = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('base64');

/** SHA-256 of what {@link mediaBytes} makes, as webhooks print it. */
export const sha256Of = (mimeType: string, seed: number): string => sha256OfBytes(mediaBytes(mimeType, seed));
