/** Whether a file may be sent as what it is sent as; WhatsApp looks only after it has accepted the message. */
import type { MediaKind } from '../../../core/content.ts';

/** @see Meta: media, supported types (documented); a document may be anything. */
const sendableTypes: Readonly<Record<Exclude<MediaKind, 'document'>, readonly string[]>> = {
  audio: ['audio/ogg; codecs=opus', 'audio/mpeg', 'audio/amr', 'audio/mp4', 'audio/aac'],
  image: ['image/jpeg', 'image/png'],
  sticker: ['image/webp'],
  video: ['video/mp4', 'video/3gpp'],
};

const base = (mimeType: string): string | undefined => mimeType.split(';')[0];

/** Most bytes by kind; of stickers the larger, animated one. @see Meta: media, supported types (documented) */
const mostBytes: Readonly<Record<MediaKind, number>> = {
  audio: 16 * 1024 * 1024,
  document: 100 * 1024 * 1024,
  image: 5 * 1024 * 1024,
  sticker: 500 * 1024,
  video: 16 * 1024 * 1024,
};

/** A file that is to be sent, as far as it is known. */
interface SentFile {
  readonly mimeType: string;
  /** Bytes. */
  readonly fileSize?: number;
}

/**
 * The details of the 131053 that a file of the wrong type or size ends with, or nothing where it will do.
 *
 * The sentence about types is recorded for audio and voice notes; that the other kinds share it is assumed, and so is the
 * one about sizes.
 */
export function unsendableDetails(
  kind: MediaKind,
  { mimeType, fileSize }: SentFile,
  isVoice: boolean,
): string | undefined {
  const wrongType = wrongTypeDetails(kind, mimeType, isVoice);
  if (wrongType !== undefined) return wrongType;
  const most = mostBytes[kind];
  return fileSize !== undefined && fileSize > most
    ? `${nameOf(kind)} file size of ${fileSize} bytes is larger than ${most} bytes.`
    : undefined;
}

function wrongTypeDetails(kind: MediaKind, mimeType: string, isVoice: boolean): string | undefined {
  if (kind === 'document') return undefined;
  const types = isVoice ? voiceTypes : sendableTypes[kind];
  if (types.some((type) => base(type) === base(mimeType))) return undefined;
  const name = isVoice ? 'Voice' : nameOf(kind);
  return `Unsupported ${name} mime type ${mimeType}. Please use one of ${types.join(', ')}.`;
}

/** A voice note is Opus in Ogg. @see Meta: audio messages (documented) */
const voiceTypes = ['audio/ogg; codecs=opus'];

const nameOf = (kind: MediaKind): string => kind.charAt(0).toUpperCase() + kind.slice(1);
