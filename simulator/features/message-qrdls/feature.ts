/** `message_qrdls`: QR codes and short links of a number. */
import { commands, edge, evolves, type Feature, type GraphRequest } from '../../core/feature.ts';
import type { PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { toSeconds } from '../../core/time.ts';
import { textOf } from '../../core/wire-values.ts';
import { deleteQrCode, qrCodes, readQrCodes, writeQrCode } from './decide.ts';
import type {
  DeleteQrCode,
  QrCode,
  QrCodeDeleted,
  QrCodeWritten,
  QrCommand,
  ReadQrCodes,
  WriteQrCode,
} from './events.ts';

const place = {
  node: 'phone-number',
  contract: 'message-qrdls',
  permission: 'whatsapp_business_management',
} as const;
const list = { ...place, edge: 'message_qrdls' } as const;
const one = { ...place, edge: 'message_qrdls/{code}' } as const;

const parseRead = ({ nodeId, tail, params }: GraphRequest): ReadQrCodes => {
  const code = tail ?? textOf(params['code']);
  return {
    type: 'read-qr-codes',
    phoneNumberId: nodeId as PhoneNumberId,
    ...(code !== undefined && { code }),
  };
};

const parseDelete = ({ nodeId, tail, params }: GraphRequest): DeleteQrCode => ({
  type: 'delete-qr-code',
  phoneNumberId: nodeId as PhoneNumberId,
  code: tail ?? textOf(params['code']) ?? '',
});

function parseWrite({ nodeId, tail, params }: GraphRequest): WriteQrCode {
  const code = tail ?? textOf(params['code']);
  return {
    type: 'write-qr-code',
    phoneNumberId: nodeId as PhoneNumberId,
    prefilledMessage: textOf(params['prefilled_message']) ?? '',
    ...(code !== undefined && code !== '' && { code }),
  };
}

/** Meta serves the picture; here nothing stands behind its address. */
const show = ({ code, prefilledMessage }: QrCode, image: string | undefined): JsonObject => ({
  code,
  prefilled_message: prefilledMessage,
  deep_link_url: `https://wa.me/message/${code}`,
  ...(image !== undefined && {
    qr_image_url: `https://scontent.whatsapp.net/qr/${code}.${image.toLowerCase()}`,
  }),
});

const imageOf = ({ params, fields }: GraphRequest): string | undefined =>
  textOf(params['generate_qr_image']) ??
  /qr_image_url\.format\((\w+)\)/.exec(fields?.join() ?? '')?.[1] ??
  (fields?.includes('qr_image_url') === true ? 'SVG' : undefined);

export const messageQrdlsFeature: Feature = {
  name: 'message-qrdls',
  edges: [
    edge<ReadQrCodes, readonly QrCode[]>({
      ...list,
      method: 'GET',
      parse: parseRead,
      render: (found, request) => ({
        data: found.map((qr) => ({
          ...show(qr, imageOf(request)),
          ...(request.fields?.includes('creation_time') === true && {
            creation_time: toSeconds(qr.createdAtMs),
          }),
        })),
      }),
      pages: true,
    }),
    edge<WriteQrCode, QrCode>({
      ...list,
      method: 'POST',
      parse: parseWrite,
      render: (qr, request) => show(qr, imageOf(request)),
    }),
    edge<DeleteQrCode, undefined>({
      ...list,
      method: 'DELETE',
      parse: parseDelete,
      render: () => ({ success: true }),
    }),
    // Read from client code: a change may also name the code in the path.
    edge<WriteQrCode, QrCode>({
      ...one,
      method: 'POST',
      parse: parseWrite,
      render: (qr, request) => show(qr, imageOf(request)),
    }),
    edge<ReadQrCodes, readonly QrCode[]>({
      ...one,
      method: 'GET',
      parse: parseRead,
      render: (found, request) => ({ data: found.map((qr) => show(qr, imageOf(request))) }),
    }),
    edge<DeleteQrCode, undefined>({
      ...one,
      method: 'DELETE',
      parse: parseDelete,
      render: () => ({ success: true }),
    }),
  ],
  commands: commands<QrCommand>({
    'write-qr-code': writeQrCode,
    'read-qr-codes': readQrCodes,
    'delete-qr-code': deleteQrCode,
  }),
  evolve: evolves<QrCodeWritten | QrCodeDeleted>({
    'qr-code-written': (world, { phoneNumberId, qr }) => {
      const all = qrCodes.in(world);
      all.set(phoneNumberId, new Map(all.get(phoneNumberId)).set(qr.code, qr));
    },
    'qr-code-deleted': (world, { phoneNumberId, code }) => {
      qrCodes.in(world).get(phoneNumberId)?.delete(code);
    },
  }),
};
