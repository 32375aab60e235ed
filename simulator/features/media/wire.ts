/** Requests about files, and their answers. */
import type { GraphRequest } from '../../core/feature.ts';
import type { MediaId, PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { MediaDescription } from './decide.ts';
import type { DeleteMedia, DownloadMedia, ReadMedia, UploadMedia } from './events.ts';

export function parseUpload(request: GraphRequest): UploadMedia {
  // The part is called `file`; Graph takes whichever file there is.
  const file = request.files?.['file'] ?? Object.values(request.files ?? {})[0];
  return {
    type: 'upload-media',
    phoneNumberId: request.nodeId as PhoneNumberId,
    ...(file && { file }),
  };
}

export const parseRead = (request: GraphRequest): ReadMedia => ({ type: 'read-media', ...nodeOf(request) });

export const parseDelete = (request: GraphRequest): DeleteMedia => ({
  type: 'delete-media',
  ...nodeOf(request),
});

function nodeOf(request: GraphRequest): { mediaId: MediaId; phoneNumberId?: PhoneNumberId } {
  const phoneNumberId = textOf(request.params['phone_number_id']);
  return {
    mediaId: request.nodeId as MediaId,
    ...(phoneNumberId !== '' && { phoneNumberId: phoneNumberId as PhoneNumberId }),
  };
}

export const parseDownload = (request: GraphRequest): DownloadMedia => ({
  type: 'download-media',
  mediaId: textOf(request.params['mid']) as MediaId,
  endsAtSeconds: Number(request.params['ext'] ?? 0),
  hash: textOf(request.params['hash']),
});

/** Ids in a query may have been read as numbers. */
const textOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** `file_size` is a string and `sha256` hexadecimal here, by Meta's page and older recordings. */
export const renderMedia = (media: MediaDescription, request: GraphRequest): JsonObject => ({
  messaging_product: 'whatsapp',
  url: request.downloadOrigin === undefined ? media.url : request.downloadOrigin + pathOf(media.url),
  mime_type: media.mimeType,
  sha256: Buffer.from(media.sha256, 'base64').toString('hex'),
  file_size: String(media.fileSize),
  id: media.id,
});

/** Path and query of a URL. */
const pathOf = (url: string): string => url.slice(new URL(url).origin.length);
