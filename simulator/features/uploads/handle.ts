/** The handle of an uploaded file: what templates and profiles name it by. */
import type { Random } from '../../core/random.ts';
import type { EpochMs } from '../../core/time.ts';
import { toSeconds } from '../../core/time.ts';
import type { Upload } from './events.ts';

/**
 * `4`, name, type, signature, `e`, when it ends, app, user, signature; name and type in base64.
 *
 * @see Meta: OpenAPI v23.0, `profile_picture_handle` (documented by example). What the parts mean is read off the
 * example, and the last four cannot be checked (assumed).
 */
export const mintHandle = (
  random: Random,
  { fileName, mimeType, appId }: Upload,
  endsAtMs: EpochMs,
): string =>
  [
    '4',
    base64(fileName),
    base64(mimeType),
    `AR${random.text(76, signs)}`,
    'e',
    toSeconds(endsAtMs),
    appId,
    random.text(9, '123456789'),
    `AR${random.text(17, signs)}`,
  ].join(':');

const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
