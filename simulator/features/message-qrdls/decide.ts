/** Writing, reading and deleting QR codes. */
import { accept, refuse, type Decision, type Refusal } from '../../core/decision.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import { isRefusal, seenNumber } from '../../core/refusals.ts';
import type { EpochMs } from '../../core/time.ts';
import { chanceOf, slice, type ReadonlyWorld } from '../../core/world.ts';
import type {
  DeleteQrCode,
  QrCode,
  QrCodeDeleted,
  QrCodeWritten,
  ReadQrCodes,
  WriteQrCode,
} from './events.ts';

/** Codes by number and code, the oldest first. */
export const qrCodes = slice<Map<PhoneNumberId, Map<string, QrCode>>>('message-qrdls', () => new Map());

/** Codes of one number. @see Meta: QR codes (documented) */
const mostCodes = 2_000;

const source = 'Meta: QR codes; no refusal is recorded';

const codeUnknown: Refusal = {
  code: 100,
  httpStatus: 400,
  message: 'Invalid parameter',
  details: 'The code is none of this number.',
  evidence: 'assumed',
  source,
};

const tooMany: Refusal = {
  code: 100,
  httpStatus: 400,
  message: 'Invalid parameter',
  details: `A number has at most ${mostCodes} codes.`,
  evidence: 'assumed',
  source,
};

const codesOf = (world: ReadonlyWorld, id: PhoneNumberId): ReadonlyMap<string, QrCode> =>
  qrCodes.of(world).get(id) ?? new Map();

export function writeQrCode(world: ReadonlyWorld, command: WriteQrCode, nowMs: EpochMs): Decision<QrCode> {
  const number = seenNumber(world, command.phoneNumberId, 'post');
  if (isRefusal(number)) return refuse(number);
  const known = codesOf(world, number.id);
  const before = command.code === undefined ? undefined : known.get(command.code);
  if (command.code !== undefined && !before) return refuse(codeUnknown);
  if (!before && known.size >= mostCodes) return refuse(tooMany);
  const qr: QrCode = {
    code: before?.code ?? chanceOf(world).text(14, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'),
    prefilledMessage: command.prefilledMessage,
    createdAtMs: before?.createdAtMs ?? nowMs,
  };
  const written: QrCodeWritten = { type: 'qr-code-written', phoneNumberId: number.id, qr };
  return accept([written], qr);
}

export function readQrCodes(world: ReadonlyWorld, command: ReadQrCodes): Decision<readonly QrCode[]> {
  const number = seenNumber(world, command.phoneNumberId, 'get');
  if (isRefusal(number)) return refuse(number);
  const known = codesOf(world, number.id);
  if (command.code === undefined) return accept([], [...known.values()]);
  const one = known.get(command.code);
  return one ? accept([], [one]) : refuse(codeUnknown);
}

export function deleteQrCode(world: ReadonlyWorld, command: DeleteQrCode): Decision<undefined> {
  const number = seenNumber(world, command.phoneNumberId, 'delete');
  if (isRefusal(number)) return refuse(number);
  if (!codesOf(world, number.id).has(command.code)) return refuse(codeUnknown);
  const deleted: QrCodeDeleted = { type: 'qr-code-deleted', phoneNumberId: number.id, code: command.code };
  return accept([deleted], undefined);
}
