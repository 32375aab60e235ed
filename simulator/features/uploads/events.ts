/** Resumable uploads: files that go to the app first, and are named by a handle afterwards. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { AppId } from '../../core/identifiers.ts';

/** `POST /{app-id}/uploads`. */
export interface StartUpload extends Command {
  readonly type: 'start-upload';
  /** Missing: the app that the token is of. */
  readonly appId?: AppId;
  readonly token: string;
  readonly fileName: string;
  readonly mimeType: string;
  /** Bytes of the whole file. */
  readonly length: number;
}

/** `POST /upload:{session}`. */
export interface ContinueUpload extends Command {
  readonly type: 'continue-upload';
  readonly sessionId: string;
  /** Where in the file these bytes begin. */
  readonly offset: number;
  /** How many there are; what they are is never asked again, so they are not kept. */
  readonly bytes: number;
}

/** `GET /upload:{session}`. */
export interface ReadUpload extends Command {
  readonly type: 'read-upload';
  readonly sessionId: string;
}

export type UploadCommand = StartUpload | ContinueUpload | ReadUpload;

/** An upload that began. */
export interface Upload {
  /** `upload:…`, without the signature behind it. */
  readonly id: string;
  readonly appId: AppId;
  readonly fileName: string;
  readonly mimeType: string;
  readonly length: number;
  /** Bytes that arrived. */
  readonly offset: number;
}

export interface UploadStarted extends WorldEvent {
  readonly type: 'upload-started';
  readonly upload: Upload;
}

export interface UploadContinued extends WorldEvent {
  readonly type: 'upload-continued';
  readonly sessionId: string;
  readonly offset: number;
}

export type UploadEvent = UploadStarted | UploadContinued;
