/** What WhatsApp answers about files instead of handing them over. */
import type { Refusal } from '../../core/decision.ts';
import type { GraphRequest } from '../../core/feature.ts';

/** Types that may be uploaded, in the order in which the refusal lists them. */
export const acceptedTypes: readonly string[] = [
  'audio/aac',
  'audio/mp4',
  'audio/mpeg',
  'audio/amr',
  'audio/ogg',
  'audio/opus',
  'application/vnd.ms-powerpoint',
  'application/msword',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/pdf',
  'text/plain',
  'application/vnd.ms-excel',
  'image/jpeg',
  'image/png',
  'image/webp',
  'video/mp4',
  'video/3gpp',
];

/** A missing id, one of another number, or one whose days are over. */
export const mediaMissing = (method: GraphRequest['method'], nodeId: string): Refusal => ({
  code: 100,
  subcode: 33,
  httpStatus: 400,
  type: 'GraphMethodException',
  message: `Unsupported ${method.toLowerCase()} request. Object with ID '${nodeId}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  bare: true,
  evidence: 'assumed',
  source: 'the answer for unknown nodes, as recorded; not recorded for files',
});

export const fileMissing: Refusal = {
  code: 1304,
  httpStatus: 400,
  message: 'Media upload error',
  evidence: 'assumed',
  source: 'the test of another simulator',
};

/** The number is not on Cloud API: in the app alone, between two devices, or registered nowhere. */
export const accountNotRegistered: Refusal = {
  code: 133010,
  httpStatus: 400,
  message: 'Account not registered',
  evidence: 'assumed',
  source: 'recorded on sends',
};

export const typeNotAccepted = (mimeType: string): Refusal => ({
  code: 100,
  httpStatus: 400,
  message: `Param file must be a file with one of the following types: ${acceptedTypes.join(', ')}. Received file of type '${mimeType}'.`,
  evidence: 'observed',
  source: 'issues of a PHP client and of Meta’s samples, 2024 and 2025',
});

/** The address ended, was never given out, or the file behind it is gone. */
export const downloadFailed: Refusal = {
  code: 100,
  httpStatus: 404,
  message: 'Media not found or its address has expired.',
  bare: true,
  evidence: 'assumed',
  source: 'Meta: media documents the 404; its body is not recorded',
};
