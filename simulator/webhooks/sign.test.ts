import { expect, it } from 'vitest';
import { serialise } from './serialise.ts';
import { sign, signWrongly } from './sign.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

it('signs an empty envelope', () => {
  const body = '{"object":"whatsapp_business_account","entry":[]}';
  expect(serialise([])).toBe(body);
  expect(sign('test_app_secret', bytes(body)).sha256).toBe(
    'sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756',
  );
});

it('signs an envelope with accents, a slash and an emoji: the bytes as they leave', () => {
  const body = serialise([
    {
      entryId: '900100200300400',
      field: 'messages',
      value: {
        messaging_product: 'whatsapp',
        metadata: { display_phone_number: '15550001234', phone_number_id: '700800900100200' },
        contacts: [{ profile: { name: 'Zoë' }, wa_id: '447700900123' }],
        messages: [
          {
            from: '447700900123',
            id: 'wamid.X',
            timestamp: '1790000000',
            text: { body: 'café 1/2 😀' },
            type: 'text',
          },
        ],
      },
    },
  ]);
  expect(bytes(body)).toHaveLength(438);
  expect(sign('sim-secret-01', bytes(body))).toEqual({
    sha256: 'sha256=8e804385934657d5e10c05ceae53bf4594d88fcad56af26a8e60b24b4dc158a9',
    sha1: 'sha1=08b9f020d9bfa8b162aea9d4a01c00085778baac',
  });
});

it('signs wrongly in the right form', () => {
  const body = bytes('{}');
  const wrong = signWrongly('secret', body);
  expect(wrong.sha1).toMatch(/^sha1=[0-9a-f]{40}$/);
  expect(wrong.sha256).toMatch(/^sha256=[0-9a-f]{64}$/);
  expect(wrong).not.toEqual(sign('secret', body));
  expect(wrong).toEqual(signWrongly('secret', body));
});
