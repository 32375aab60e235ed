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

/**
 * The details of the 131053 that a file of the wrong type ends with, or nothing where the type will do.
 *
 * The sentence is recorded for `audio`; that the other kinds share it is assumed.
 */
export function wrongTypeDetails(kind: MediaKind, mimeType: string): string | undefined {
  if (kind === 'document') return undefined;
  const types = sendableTypes[kind];
  if (types.some((type) => base(type) === base(mimeType))) return undefined;
  const name = kind.charAt(0).toUpperCase() + kind.slice(1);
  return `Unsupported ${name} mime type ${mimeType}. Please use one of ${types.join(', ')}.`;
}
