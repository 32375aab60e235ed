import { describe, expect, it } from 'vitest';
import { defaultBehaviour, type Behaviour } from './behaviour.ts';
import type { MediaId, UserId, WaId } from './identifiers.ts';
import { createRandom } from './random.ts';
import { epochMs } from './time.ts';
import {
  customerContact,
  fromCustomer,
  mediaBytes,
  mediaTypes,
  mintMedia,
  renderContent,
  sha256Of,
  sha256OfBytes,
  toCustomer,
  unsupportedErrors,
} from './wire-content.ts';
import type { Customer } from './world.ts';

const customer: Customer = {
  waId: '5521999998888' as WaId,
  userId: 'BR.1234567890123456' as UserId,
  name: 'Ana Lopez',
  country: 'BR',
  username: 'ana.lopez',
  hidesNumber: true,
  device: 'android',
};
const older: Behaviour = { ...defaultBehaviour, userIds: false };

describe('who', () => {
  it.each([
    [
      '2026',
      defaultBehaviour,
      true,
      { profile: { name: 'Ana Lopez', username: 'ana.lopez' }, user_id: customer.userId },
    ],
    ['2026', defaultBehaviour, false, { profile: { username: 'ana.lopez' }, user_id: customer.userId }],
    ['before', older, true, { profile: { name: 'Ana Lopez' }, wa_id: customer.waId }],
    ['before', older, false, { wa_id: customer.waId }],
  ])('shape of %s', (_name, behaviour, withName, expected) => {
    expect(customerContact(customer, behaviour, { withName })).toEqual(expected);
  });

  it('is named by number, by user id or by both', () => {
    const open: Customer = { ...customer, hidesNumber: false };
    expect(fromCustomer(open, defaultBehaviour)).toEqual({ from: open.waId, from_user_id: open.userId });
    expect(fromCustomer(customer, defaultBehaviour)).toEqual({ from_user_id: customer.userId });
    expect(toCustomer(customer, defaultBehaviour)).toEqual({ to_user_id: customer.userId });
    expect(toCustomer(customer, older)).toEqual({ to: customer.waId });
  });
});

describe('what', () => {
  it('is a placeholder where a file is not told', () => {
    expect(renderContent({ kind: 'image', caption: 'Look' })).toEqual({ type: 'media_placeholder' });
    const media = { id: '1' as MediaId, mimeType: 'image/jpeg', sha256: 'AAAA' };
    expect(renderContent({ kind: 'image', caption: 'Look' }, media)).toEqual({
      type: 'image',
      image: { caption: 'Look', mime_type: 'image/jpeg', sha256: 'AAAA', id: '1' },
    });
  });

  it('tells 131060 with the texts of recordings, not of Meta’s page', () => {
    expect(unsupportedErrors(131060)).toEqual([
      {
        code: 131060,
        title: 'This message is unavailable.',
        message: 'This message is unavailable.',
        error_data: { details: 'This message is currently unavailable.' },
      },
    ]);
  });
});

describe('files', () => {
  /** First bytes by which every reader knows the format. */
  const beginnings: Readonly<Record<string, readonly [number, string]>> = {
    'image/jpeg': [0, '\xff\xd8\xff'],
    'image/png': [1, 'PNG\r\n\x1a\n'],
    'image/webp': [8, 'WEBPVP8L'],
    'video/mp4': [4, 'ftyp'],
    'audio/ogg; codecs=opus': [0, 'OggS'],
    'audio/mpeg': [0, 'ID3'],
    'application/pdf': [0, '%PDF-1.4'],
  };

  it.each(Object.entries(beginnings))(
    '%s begins as one, and differs by seed',
    (mimeType, [at, beginning]) => {
      const bytes = mediaBytes(mimeType, 7);
      expect(Buffer.from(bytes).toString('latin1', at, at + beginning.length)).toBe(beginning);
      expect(mediaBytes(mimeType, 7)).toEqual(bytes);
      expect(mediaBytes(mimeType, 8)).not.toEqual(bytes);
      expect(bytes.length).toBeLessThan(1_000);
    },
  );

  it('have a digest of 44 characters that fits the bytes', () => {
    for (const mimeType of Object.values(mediaTypes)) {
      const media = mintMedia(createRandom(1), mimeType, epochMs(1_790_000_000_000));
      expect(media.sha256).toMatch(/^[A-Za-z0-9+/]{43}=$/);
      expect(media.sha256).toBe(sha256OfBytes(mediaBytes(mimeType, media.seed)));
      expect(media.sha256).toBe(sha256Of(mimeType, media.seed));
      expect(new URL(media.url).searchParams.get('ext')).toBe('1790000300');
    }
  });
});
