/** QR codes and short links that open a chat with a text already written. */
import type { Command, WorldEvent } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { EpochMs } from '../../core/time.ts';

export interface QrCode {
  /** 14 letters and digits, as in `wa.me/message/{code}`. */
  readonly code: string;
  readonly prefilledMessage: string;
  readonly createdAtMs: EpochMs;
}

/** `POST /{phone-number-id}/message_qrdls`: a new code, or another text for one. */
export interface WriteQrCode extends Command {
  readonly type: 'write-qr-code';
  readonly phoneNumberId: PhoneNumberId;
  readonly code?: string;
  readonly prefilledMessage: string;
}

/** `GET /{phone-number-id}/message_qrdls`, and one of them. */
export interface ReadQrCodes extends Command {
  readonly type: 'read-qr-codes';
  readonly phoneNumberId: PhoneNumberId;
  readonly code?: string;
}

/** `DELETE /{phone-number-id}/message_qrdls/{code}`. */
export interface DeleteQrCode extends Command {
  readonly type: 'delete-qr-code';
  readonly phoneNumberId: PhoneNumberId;
  readonly code: string;
}

export type QrCommand = WriteQrCode | ReadQrCodes | DeleteQrCode;

export interface QrCodeWritten extends WorldEvent {
  readonly type: 'qr-code-written';
  readonly phoneNumberId: PhoneNumberId;
  readonly qr: QrCode;
}

export interface QrCodeDeleted extends WorldEvent {
  readonly type: 'qr-code-deleted';
  readonly phoneNumberId: PhoneNumberId;
  readonly code: string;
}
