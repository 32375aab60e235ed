/** What no recording may hold, and how it is looked for. */
import { writeWamid } from './wamids.ts';

/** All that can be read in an output: as it stands, and with what is base64 in it opened. */
export const readable = (output: unknown): string => {
  const text = JSON.stringify(output);
  const opened = [...text.matchAll(/[A-Za-z0-9+/]{16,}={0,2}/g)].map(([coded]) =>
    Buffer.from(coded, 'base64').toString('latin1'),
  );
  return [text, ...opened].join('\n');
};

const wamid = (user: string, key: string, direction = 0x12): string => writeWamid({ user, direction, key });

const body = (...changes: readonly unknown[]) => ({
  object: 'whatsapp_business_account',
  entry: [{ id: '271828182845904', changes }],
});

/** Two webhooks in one, as full of private things as can be. */
export const everything = body(
  {
    field: 'messages',
    value: {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '15550142367', phone_number_id: '112358132134558' },
      contacts: [
        { profile: { name: 'Ana Reid', username: 'ana.reid' }, wa_id: '5511987654321', user_id: 'BR.44019' },
      ],
      messages: [
        {
          from: '5511987654321',
          from_user_id: 'BR.44019',
          id: wamid('5511987654321', '3EB0C0FFEE0DDBA11BEEF5'),
          timestamp: '1791000100',
          type: 'text',
          text: { body: 'Moro na Rua das Flores 12, ligue 5511987654321' },
        },
        {
          from: '5511987654321',
          id: wamid('5511987654321', 'ABCDEF0123456789AB'),
          timestamp: '1791000101',
          type: 'contacts',
          contacts: [
            {
              name: { formatted_name: 'Ivy Stone', first_name: 'Ivy', last_name: 'Stone' },
              phones: [{ phone: '+44 7700 900111', wa_id: '447700900111', type: 'Mum' }],
              emails: [{ email: 'ivy@stone.example', type: 'WORK' }],
              addresses: [{ street: 'Elm Street 3', city: 'Leeds', zip: 'LS1 4AP', country_code: 'gb' }],
              org: { company: 'Stone & Sons', title: 'Mason' },
              birthday: '1980-02-29',
            },
          ],
        },
        {
          from: '5511987654321',
          id: wamid('5511987654321', 'ABCDEF0123456789AC'),
          timestamp: '1791000102',
          type: 'document',
          document: {
            id: '884422001199775',
            mime_type: 'application/pdf; name="contract Reid.pdf"',
            sha256: 'uLr2N7nV4sQ9hJk1mEw0Zx3TfYbCgD5aOiPp8R6tSnE=',
            filename: 'contract Reid.pdf',
            caption: 'Signed, see you',
            url: 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=884422001199775&hash=ATx9',
          },
        },
        {
          from: '5511987654321',
          id: wamid('5511987654321', 'ABCDEF0123456789AD'),
          timestamp: '1791000103',
          type: 'interactive',
          interactive: {
            type: 'nfm_reply',
            nfm_reply: {
              name: 'address form',
              body: 'Sent',
              response_json:
                '{"flow_token":"tok-77123","street_name":"Elm Street 3","floor":17,"Bob Reid":true}',
            },
          },
        },
        {
          from: '5511987654321',
          id: wamid('5511987654321', 'ABCDEF0123456789AE'),
          timestamp: '1791000104',
          type: 'location',
          location: { latitude: -23.550521, longitude: -46.633308, name: 'Casa da Ana', address: 'Rua A 1' },
        },
      ],
      'Ana Reid owes': { 'her number': '5511987654321', access_token: 'EAAB1234567890123456789012' },
    },
  },
  {
    field: 'smb_message_echoes',
    value: {
      metadata: { display_phone_number: '15550142367', phone_number_id: '112358132134558' },
      message_echoes: [
        {
          from: '15550142367',
          // The same person, without the ninth digit.
          to: '551187654321',
          id: wamid('551187654321', '7C21D0A94EFB135826', 0x11),
          timestamp: '1791000110',
          type: 'text',
          text: { body: 'Moro na Rua das Flores 12, ligue 5511987654321' },
        },
      ],
    },
  },
);

/** What must be found nowhere in what is kept of {@link everything}. */
export const privateTexts = [
  'Ana',
  'Reid',
  'ana.reid',
  '5511987654321',
  '551187654321',
  '44019',
  '15550142367',
  '112358132134558',
  '271828182845904',
  'Flores',
  'Ivy',
  'Stone',
  '7700 900111',
  '447700900111',
  'Mum',
  'Elm',
  'Leeds',
  'LS1',
  '1980-02-29',
  'Mason',
  '884422001199775',
  'uLr2N7nV4sQ9',
  'contract',
  'Signed',
  'lookaside',
  'ATx9',
  'tok-77123',
  'street_name',
  'Bob',
  '23.550521',
  '46.633308',
  'Casa',
  'Rua',
  'owes',
  'her number',
  'EAAB',
  'C0FFEE',
  'ABCDEF0123',
  '7C21D0A94EFB',
  'address form',
];
