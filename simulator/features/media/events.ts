/** What can be asked about files, and what happens to them. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { UploadedFile } from '../../core/feature.ts';
import type { MediaId, PhoneNumberId } from '../../core/identifiers.ts';
import type { MintedMedia } from '../../core/wire-content.ts';

/** A message with a file reached WhatsApp; the id lives 7 days. Emitted by whoever prints the id in a webhook. */
export interface MediaAttached extends WorldEvent {
  readonly type: 'media-attached';
  readonly phoneNumberId: PhoneNumberId;
  readonly mediaId: MediaId;
  readonly mimeType: string;
  /** Base64, of the bytes that `mimeType` and `seed` make. */
  readonly sha256: string;
  readonly seed: number;
}

/** The event for a file that was just minted. */
export const mediaAttached = (phoneNumberId: PhoneNumberId, media: MintedMedia): MediaAttached => ({
  type: 'media-attached',
  phoneNumberId,
  mediaId: media.id,
  mimeType: media.mimeType,
  sha256: media.sha256,
  seed: media.seed,
});

/** The integrator uploaded a file; the id lives 30 days. */
export interface MediaUploaded extends WorldEvent {
  readonly type: 'media-uploaded';
  readonly phoneNumberId: PhoneNumberId;
  readonly mediaId: MediaId;
  readonly mimeType: string;
  readonly sha256: string;
  readonly fileSize: number;
  /** The file, since the log is JSON; missing where it is too large to keep. */
  readonly base64?: string;
}

export interface MediaDeleted extends WorldEvent {
  readonly type: 'media-deleted';
  readonly mediaId: MediaId;
}

/** `POST /{phone-number-id}/media`. */
export interface UploadMedia extends Command {
  readonly type: 'upload-media';
  readonly phoneNumberId: PhoneNumberId;
  /** Missing where the request had no file. */
  readonly file?: UploadedFile;
}

/** `GET /{media-id}`. */
export interface ReadMedia extends Command {
  readonly type: 'read-media';
  readonly mediaId: MediaId;
  /** Whose file the caller takes it for; checked where given. */
  readonly phoneNumberId?: PhoneNumberId;
}

/** `GET` of the address that `read-media` gave. */
export interface DownloadMedia extends Command {
  readonly type: 'download-media';
  readonly mediaId: MediaId;
  /** `ext`: when the address ends, seconds. */
  readonly endsAtSeconds: number;
  readonly hash: string;
}

/** `DELETE /{media-id}`. */
export interface DeleteMedia extends Command {
  readonly type: 'delete-media';
  readonly mediaId: MediaId;
  readonly phoneNumberId?: PhoneNumberId;
}

export type MediaCommand = UploadMedia | ReadMedia | DownloadMedia | DeleteMedia;
export type MediaEvent = MediaAttached | MediaUploaded | MediaDeleted;
