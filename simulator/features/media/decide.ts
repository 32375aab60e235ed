/** Takes, describes, hands out and deletes files. */
import { accept, mistake, refuse, type Decision } from '../../core/decision.ts';
import { commands, type GraphBytes } from '../../core/feature.ts';
import { mintGraphId, type MediaId } from '../../core/identifiers.ts';
import { epochMs, secondMs, type EpochMs } from '../../core/time.ts';
import { mediaBytes, mediaUrl, mediaUrlHash, sha256OfBytes } from '../../core/wire-content.ts';
import { chanceOf, type ReadonlyWorld } from '../../core/world.ts';
import type {
  DeleteMedia,
  DownloadMedia,
  MediaCommand,
  MediaDeleted,
  MediaUploaded,
  ReadMedia,
  UploadMedia,
} from './events.ts';
import { fileOf, type StoredFile } from './evolve.ts';
import {
  accountNotRegistered,
  acceptedTypes,
  downloadFailed,
  fileMissing,
  mediaMissing,
  typeNotAccepted,
} from './refusals.ts';

/**
 * Most bytes of an upload that are kept. Anything larger is accepted and described truly, but cannot be downloaded:
 * bytes live in the log, and hardly anybody downloads what they uploaded.
 */
export const keptBytes = 64 * 1024;

/** A file as `GET /{media-id}` describes it. */
export interface MediaDescription {
  readonly id: MediaId;
  readonly url: string;
  readonly mimeType: string;
  /** Base64. */
  readonly sha256: string;
  readonly fileSize: number;
}

function upload(world: ReadonlyWorld, command: UploadMedia): Decision<MediaId> {
  const number = world.phoneNumbers.get(command.phoneNumberId);
  if (!number) return mistake(`There is no number ${command.phoneNumberId}.`);
  if (number.state !== 'coexistence' && number.state !== 'cloud-api') {
    const isGone = number.state === 'disconnected' && world.behaviour.sendsAfterRemoval === 'object-missing';
    return refuse(isGone ? mediaMissing('POST', number.id) : accountNotRegistered);
  }
  const { file } = command;
  if (!file) return refuse(fileMissing);
  if (!acceptedTypes.includes(baseType(file.mimeType))) return refuse(typeNotAccepted(file.mimeType));
  const mediaId = mintGraphId(chanceOf(world)) as MediaId;
  const event: MediaUploaded = {
    type: 'media-uploaded',
    phoneNumberId: command.phoneNumberId,
    mediaId,
    mimeType: file.mimeType,
    sha256: sha256OfBytes(file.bytes),
    fileSize: file.bytes.length,
    ...(file.bytes.length <= keptBytes && { base64: Buffer.from(file.bytes).toString('base64') }),
  };
  return accept([event], mediaId);
}

const baseType = (mimeType: string): string => (mimeType.split(';')[0] ?? '').trim().toLowerCase();

function read(world: ReadonlyWorld, command: ReadMedia, nowMs: EpochMs): Decision<MediaDescription> {
  const file = visibleFile(world, command, nowMs);
  if (!file) return refuse(mediaMissing('GET', command.mediaId));
  const { mimeType, sha256 } = file;
  const url = mediaUrl({ id: command.mediaId, sha256 }, nowMs);
  return accept([], { id: command.mediaId, url, mimeType, sha256, fileSize: sizeOf(file) });
}

function remove(world: ReadonlyWorld, command: DeleteMedia, nowMs: EpochMs): Decision<true> {
  if (!visibleFile(world, command, nowMs)) return refuse(mediaMissing('DELETE', command.mediaId));
  const event: MediaDeleted = { type: 'media-deleted', mediaId: command.mediaId };
  return accept([event], true);
}

function visibleFile(
  world: ReadonlyWorld,
  command: ReadMedia | DeleteMedia,
  nowMs: EpochMs,
): StoredFile | undefined {
  const file = fileOf(world, command.mediaId, nowMs);
  const isForeign = command.phoneNumberId !== undefined && command.phoneNumberId !== file?.phoneNumberId;
  return isForeign ? undefined : file;
}

function download(world: ReadonlyWorld, command: DownloadMedia, nowMs: EpochMs): Decision<GraphBytes> {
  const file = fileOf(world, command.mediaId, nowMs);
  const isOver = nowMs > epochMs(command.endsAtSeconds * secondMs);
  if (!file || isOver || command.hash !== mediaUrlHash(file, command.endsAtSeconds))
    return refuse(downloadFailed);
  const bytes = bytesOf(file);
  return bytes ? accept([], { mimeType: file.mimeType, bytes }) : refuse(downloadFailed);
}

function bytesOf(file: StoredFile): Uint8Array | undefined {
  if (file.source.kind === 'invented') return mediaBytes(file.mimeType, file.source.seed);
  return file.source.base64 === undefined ? undefined : Buffer.from(file.source.base64, 'base64');
}

const sizeOf = (file: StoredFile): number =>
  file.source.kind === 'uploaded' ? file.source.fileSize : mediaBytes(file.mimeType, file.source.seed).length;

export const mediaCommands = commands<MediaCommand>({
  'upload-media': upload,
  'read-media': read,
  'download-media': download,
  'delete-media': remove,
});
